import FieldbookCore

/// What one is told about while the app is closed, and nothing else.
enum NewsKind: String, CaseIterable, Sendable { case answer, `return`, due }

/// Something to tell; `key` keeps it from being told twice.
struct News: Hashable, Sendable {
    let kind: NewsKind
    let key: String
}

/// From so many days before its last day on a task counts as due.
private let dueDays = 1
private let visitDays = 3

/// Everything that is worth telling now.
func newsOf(_ today: Today) -> Set<News> {
    var news: Set<News> = []
    for row in today.answersBack { news.insert(News(kind: .answer, key: row.id)) }
    for row in today.waitingForMe where row.cameBack { news.insert(News(kind: .return, key: row.id)) }
    for row in today.dueSoon where row.daysLeft.map({ $0 <= dueDays }) == true { news.insert(News(kind: .due, key: row.id)) }
    for report in today.reportsDue {
        news.insert(News(kind: .due, key: "\(report.unitId) \(report.kind) \(report.to.plainWords)"))
    }
    for hamlet in today.hamlets {
        guard case .daysLeft(let days) = hamlet.state, days <= visitDays else { continue }
        news.insert(News(kind: .due, key: "\(hamlet.id) \(today.day.year)-\(today.day.month)"))
    }
    return news
}

extension CaseRow {
    fileprivate var cameBack: Bool {
        if case .refused = sending { return true }
        return state == .returned
    }
}
