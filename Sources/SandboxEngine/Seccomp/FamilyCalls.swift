import Languages

/// What each family of languages does without.
///
/// Written by `FamilyCallsTests` from what programs were seen to call, `Tests/Families/calls.json`.
enum FamilyCalls {
    /// The groups that a family's filter leaves out of the standard profile.
    static func leftOut(for family: LanguageDefinition.Family) -> [CallGroup] {
        switch family {
        case .native: []
        case .interpreter: []
        case .javascript:
            [
                .systemVMemory,
                .systemVSemaphores,
                .systemVMessages,
                .messageQueues,
                .ownFilters,
                .splicing,
            ]
        case .jvm:
            [
                .systemVMemory,
                .systemVSemaphores,
                .systemVMessages,
                .messageQueues,
                .ownFilters,
                .splicing,
                .identity,
            ]
        case .perl:
            [
                .messageQueues,
                .ownFilters,
                .splicing,
            ]
        case .php:
            [
                .messageQueues,
                .ownFilters,
                .splicing,
            ]
        case .python:
            [
                .systemVMemory,
                .systemVSemaphores,
                .systemVMessages,
                .messageQueues,
                .ownFilters,
            ]
        case .ruby:
            [
                .systemVMemory,
                .systemVSemaphores,
                .systemVMessages,
                .messageQueues,
                .ownFilters,
                .splicing,
            ]
        case .script:
            [
                .systemVMemory,
                .systemVSemaphores,
                .systemVMessages,
                .messageQueues,
                .ownFilters,
                .splicing,
                .identity,
            ]
        }
    }
}
