import FieldbookCore
import Synchronization

/// The real core on a phone that is full for a while: Hôm nay cannot be read, no form begun and none brought back.
final class FullPhone: Fieldbook, @unchecked Sendable {
    enum Room { case none, forOneDraft, enough }

    private let left = Mutex(Room.enough)

    var room: Room {
        get { left.withLock { $0 } }
        set { left.withLock { $0 = newValue } }
    }

    override func today() async throws -> Today {
        try need(.forOneDraft)
        return try await super.today()
    }

    override func startDraft(draft: NewDraft) async throws -> Draft {
        try need(.forOneDraft)
        return try await super.startDraft(draft: draft)
    }

    override func draft(id: String) async throws -> Draft {
        try need(.enough)
        return try await super.draft(id: id)
    }

    override func choices(draftId: String) async throws -> FormChoices {
        try need(.enough)
        return try await super.choices(draftId: draftId)
    }

    private func need(_ least: Room) throws {
        if room == .none || (room == .forOneDraft && least == .enough) { throw FieldbookError.StorageFull }
    }
}
