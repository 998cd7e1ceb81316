// Who imports Sanderling has the vocabulary that its interface is made of: Program, Policy, Limits, ExecutionResult.
@_exported public import LanguageFiles
@_exported public import SandboxEngine
@_exported public import SandboxModel
