import LaunchProtocol

/// What compiles the stages of an execution into what an init is told when they start.
protocol StagePlanning {
    /// Where the program starts, and its files are.
    var workDirectory: String { get }

    /// The stage with this place: a command of the compile stage, or, after the last of them, the run stage.
    func stage(_ index: Int) -> StagePlan

    /// What the process of a later stage gives up, and what is changed before, where `first` is the first one's.
    func confinement(_ first: ConfinementPlan, before index: Int) -> ConfinementPlan
}
