/// A value that has a way of being written by people.
package protocol Written {
    /// The value as a person would write it: `100MB`.
    var written: String { get }
}

extension ClosedRange where Bound: Written {
    /// Gives the value back when it lies in the range, and says what is wrong with it otherwise.
    func admit(_ value: Bound, writtenAs text: String, zero: Bound, hint: String = "") throws(QuantityError)
        -> Bound
    {
        guard value != zero else {
            throw QuantityError(
                message: "\(text.quoted) is zero, which does not mean 'no limit'; "
                    + "the least that can be asked for is \(lowerBound.written)\(hint)"
            )
        }
        guard value >= lowerBound else {
            throw QuantityError(
                message: "\(text.quoted) is too small; "
                    + "the least that can be asked for is \(lowerBound.written)\(hint)"
            )
        }
        guard value <= upperBound else {
            throw QuantityError(
                message: "\(text.quoted) is too large; "
                    + "the most that can be asked for is \(upperBound.written)\(hint)"
            )
        }
        return value
    }
}
