import FieldbookCore

/// A value that differs in little from another one, for samples.
protocol Varied {}

extension Varied {
    func with(_ change: (inout Self) -> Void) -> Self {
        var copy = self
        change(&copy)
        return copy
    }
}

extension CaseRow: Varied {}
extension Today: Varied {}
extension Traffic: Varied {}
