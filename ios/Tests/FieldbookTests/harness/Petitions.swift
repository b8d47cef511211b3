import FieldbookCore

extension FieldbookProtocol {
    /// A petition of a resident by name, written down without the screen, in the first of one's own hamlets.
    func petition(_ text: String, hamletId: String? = nil) async throws -> Saved {
        var hamlet = hamletId
        if hamlet == nil { hamlet = try await hamlets().first(where: \.own)?.id }
        let draft = try await startDraft(draft: NewDraft(kind: .petition, hamletId: hamlet, sinceBoot: nil, later: false))
        guard case .petition(var entry) = draft.entry else { throw FieldbookError.Internal(reason: "no petition's form") }
        entry.kind = .proposal
        entry.text = text
        entry.name = "Nguyễn Thị Hoa"
        try await keepDraft(id: draft.id, step: "", entry: .petition(entry: entry), postId: draft.posts.first?.id)
        return try await save(draftId: draft.id)
    }

    /// Every petition on this phone.
    func petitions(_ words: String = "") async throws -> [CaseRow] {
        try await cases(
            filter: CaseFilter(kind: .petition, unitId: nil, openOnly: false, mineOnly: false, words: words), after: nil
        ).rows
    }
}
