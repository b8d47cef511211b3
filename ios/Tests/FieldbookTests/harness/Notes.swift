import FieldbookCore

@testable import FieldbookKit

extension Graph {
    /// A resident's proposal, written down without the screen.
    func notePetition(_ text: String, photo: String? = nil) async throws -> Saved {
        let hamlet = try await fieldbook.status().posts.first?.unitId ?? ""
        let draft = try await fieldbook.startDraft(draft: NewDraft(kind: .petition, hamletId: hamlet, sinceBoot: nil, later: false))
        var photos: [PhotoEntry] = []
        if let photo { photos.append(try await fieldbook.shrinkPhoto(path: photo)) }
        let entry = PetitionEntry(
            hamletId: hamlet, kind: .proposal, urgency: .normal, text: text, place: "", anonymous: true, name: "", phone: "", address: "",
            remote: false, photos: photos)
        try await fieldbook.keepDraft(id: draft.id, step: "review", entry: .petition(entry: entry), postId: nil)
        return try await fieldbook.save(draftId: draft.id)
    }
}
