import FieldbookCore

extension HamletState {
    /// A hamlet this month: quá hạn, còn N ngày, đã xuống, chưa đến hạn.
    func words(in words: Words) -> String {
        switch self {
        case .visited: words(.hamletVisited)
        case .overdue(let monthsMissed): words(.hamletOverdue, count: Int(monthsMissed))
        case .daysLeft(let days): words(.hamletDaysLeft, count: Int(days))
        case .notYetDue: words(.hamletNotYetDue)
        }
    }

    var tone: Tone {
        switch self {
        case .visited: .good
        case .overdue: .late
        case .daysLeft: .soon
        case .notYetDue: .calm
        }
    }
}
