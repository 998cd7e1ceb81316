import Reporting

/// The number of the signal called `name`, such as `SIGINT`; `nil` for none of signal(7)'s standard signals.
package func signalNumber(named name: String) -> Int32? { (1...31).first { signalName($0) == name } }
