import FieldbookCore
import Foundation

/// The pages of the form, in order; its draft remembers the last one by name.
enum PetitionStep: String, CaseIterable, Sendable {
    case text, who, `where`, review

    var number: Int { (Self.allCases.firstIndex(of: self) ?? 0) + 1 }

    /// Of a draft that came from elsewhere (undone, sent back) everything is shown first.
    init(kept: String) { self = Self(rawValue: kept) ?? .review }
}

/// A petition being taken down.
enum PetitionState: Sendable {
    case loading
    case failed(FieldbookError)
    /// The questions: nothing of the petition exists yet.
    case sorting(Sorting)
    /// A denunciation: where to hand it over.
    case guidance(Guidance)
    case form(PetitionForm)

    var form: PetitionForm? {
        guard case .form(let form) = self else { return nil }
        return form
    }
}

struct Sorting: Sendable {
    var isBusy = false
    var problem: FieldbookError?
}

struct Guidance: Sendable {
    /// The places it may have been in: one's own.
    var hamlets: [HamletChoice]
    var officePhone: String?
    /// It was noted that a resident was advised.
    var isNoted = false
    var isBusy = false
    var problem: FieldbookError?
}

struct PetitionForm: Sendable {
    let draftId: String
    var step = PetitionStep.text
    var entry: PetitionEntry
    /// Its clock and its way, by its kind as it stands.
    var result: SorterResult?
    var hamlets: [HamletChoice] = []
    var posts: [MyPost] = []
    var postId: String?
    /// It was opened again: when it was last kept.
    var restored: Date?
    /// Came by "Sửa": the main action leads back to "Kiểm tra lại".
    var isEditing = false
    /// The office sent it back, and this puts it right.
    var repairs = false
    var photoWork: PhotoWork?
    /// The pictures before the last was taken out, until the next page.
    var removedFrom: [PhotoEntry]?
    var isBusy = false
    var problem: FieldbookError?

    /// What is wrong with this field.
    func fault(of field: Field) -> InputFault? {
        guard case .Invalid(field, let fault) = problem else { return nil }
        return fault
    }

    /// What this page asks and is not there.
    var missing: Field? {
        switch step {
        case .text: entry.text.isBlank && entry.photos.isEmpty ? .text : nil
        case .who: !entry.anonymous && entry.name.isBlank ? .resident : nil
        case .where: entry.hamletId.isEmpty ? .hamlet : nil
        case .review: nil
        }
    }
}
