import FieldbookCore

/// Where a person can be. Kept with the scene, so that the very page is back after a kill: ids only, and answers of yes
/// or no, never texts of residents.
enum Place: Hashable, Codable, Sendable {
    case enrol
    case today
    case book
    case outbox
    case me
    /// A visit's form: an unfinished one, or a new one, maybe of this hamlet, maybe written down later.
    case visit(draftId: String? = nil, hamletId: String? = nil, later: Bool = false)
    /// A petition's form: an unfinished one, or a new one, which begins with the sorter's questions.
    case petition(draftId: String? = nil, answers: [Bool]? = nil)
    case problem(draftId: String? = nil, hamletId: String? = nil)
    /// "Báo tình hình": nothing to report, or something.
    case report
    /// "Không phát sinh" for a unit and a period that is due.
    case nothing(unitId: String, kind: ReportKind)
    /// A report's three boxes: an unfinished one, or a new one for this unit and the period that is due.
    case reportForm(draftId: String? = nil, unitId: String = "", kind: ReportKind = .daily)
    /// What was just saved: the tick, the receipt, "Hoàn tác".
    case saved(caseId: String, undoId: String, moreReceipts: [String] = [])
    case `case`(id: String)
    case hamlet(id: String)

    /// The bottom bar, in its order.
    static let bar: [Place] = [.today, .book, .outbox]
}

/// Goes somewhere; back leads here again.
typealias Go = @MainActor (Place) -> Void

extension ReportKind: @retroactive Codable {
    private static let names: [String: ReportKind] = [
        "daily": .daily, "weekly": .weekly, "monthly": .monthly, "quarterly": .quarterly, "unknown": .unknown,
    ]

    public init(from decoder: any Decoder) throws {
        self = Self.names[try decoder.singleValueContainer().decode(String.self)] ?? .unknown
    }

    public func encode(to encoder: any Encoder) throws {
        var box = encoder.singleValueContainer()
        try box.encode("\(self)")
    }
}
