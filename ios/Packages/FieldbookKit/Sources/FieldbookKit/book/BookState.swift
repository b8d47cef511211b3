import FieldbookCore
import Foundation

/// Sổ: what is looked for, and what has been read of it so far.
struct BookState: Sendable {
    var asked = BookFilter()
    /// One's own hamlets, to filter by.
    var hamlets: [HamletChoice] = []
    var rows: [CaseRow] = []
    /// There is more to read.
    var hasMore = false
    var isReading = true
    var problem: FieldbookError?
}

struct BookFilter: Equatable, Sendable {
    var kind = CaseKind.problem
    var hamletId: String?
    var openOnly = false
    var mineOnly = false
    var words = ""

    /// The parts of the book, in order.
    static let parts: [CaseKind] = [.problem, .petition, .visit]

    var isNarrow: Bool { hamletId != nil || openOnly || mineOnly || words.contains { !$0.isWhitespace } }
}

extension BookFilter {
    private struct Kept: Codable {
        let part: Int
        let hamletId: String?
        let openOnly: Bool
        let mineOnly: Bool
    }

    /// What is kept with the scene: everything but the words, which may name a resident.
    var kept: Data? {
        let part = Self.parts.firstIndex(of: kind) ?? 0
        return try? JSONEncoder().encode(Kept(part: part, hamletId: hamletId, openOnly: openOnly, mineOnly: mineOnly))
    }

    init(kept: Data?) {
        guard let kept, let kept = try? JSONDecoder().decode(Kept.self, from: kept), Self.parts.indices.contains(kept.part) else { return }
        kind = Self.parts[kept.part]
        hamletId = kept.hamletId
        openOnly = kept.openOnly
        mineOnly = kept.mineOnly
    }
}
