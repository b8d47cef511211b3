import FieldbookCore

/// "Báo tình hình": nothing, or something, for a unit and a period.
struct ReportState: Sendable {
    var today: Reading<Today> = .loading
    /// What was chosen; none leaves it to what is due.
    var unitId: String?
    var kind: ReportKind?
    var isBusy = false
    var problem: FieldbookError?
    var saved: Saved?

    /// The unit chosen, else the one whose report is due, else the first.
    func unit(of today: Today) -> String { unitId ?? today.reportsDue.first?.unitId ?? today.reportUnits.first?.id ?? "" }

    /// The period chosen, else the one that is due, else today's.
    func kind(of today: Today) -> ReportKind {
        kind ?? today.reportsDue.first { $0.unitId == unit(of: today) }?.kind ?? .daily
    }

    /// Day and week, and whatever else is due.
    func kinds(of today: Today) -> [ReportKind] {
        let due = today.reportsDue.map(\.kind) + [kind].compactMap(\.self)
        return [.daily, .weekly] + [.monthly, .quarterly].filter { due.contains($0) }
    }
}

/// A unit one reports on.
struct ReportUnit: Equatable, Identifiable, Sendable {
    let id: String
    let name: String
}

extension Today {
    /// The units of one's own posts.
    var reportUnits: [ReportUnit] {
        posts.reduce(into: []) { units, post in
            if !units.contains(where: { $0.id == post.unitId }) { units.append(ReportUnit(id: post.unitId, name: post.unit)) }
        }
    }
}
