import FieldbookCore

@testable import FieldbookKit

extension FieldbookProtocol {
    /// Every record of this kind on this phone, that this person wrote.
    func cases(_ kind: CaseKind) async throws -> [CaseRow] {
        let filter = CaseFilter(kind: kind, unitId: nil, openOnly: false, mineOnly: true, words: "")
        return try await cases(filter: filter, after: nil).rows
    }

    func pages(of kind: CaseKind) async throws -> [CasePageView] {
        var pages: [CasePageView] = []
        for row in try await cases(kind) { pages.append(try await `case`(id: row.id)) }
        return pages
    }

    /// A resident's proposal in this hamlet, written down without the screen.
    func notePetition(_ text: String, in hamletId: String) async throws -> Saved {
        let draft = try await startDraft(draft: NewDraft(kind: .petition, hamletId: hamletId, sinceBoot: nil, later: false))
        let entry = PetitionEntry(
            hamletId: hamletId, kind: .proposal, urgency: .normal, text: text, place: "", anonymous: true, name: "", phone: "", address: "",
            remote: false, photos: [])
        try await keepDraft(id: draft.id, step: "review", entry: .petition(entry: entry), postId: draft.posts.first?.id)
        return try await save(draftId: draft.id)
    }
}
