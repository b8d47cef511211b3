import FieldbookCore
import Foundation

/// A form on its way from "opened" to "saved" or "left".
struct FormState<Shape: FormShape>: Sendable {
    var form: Reading<OpenForm<Shape>> = .loading
    /// "Lưu" went through.
    var saved: Saved?
    /// Everything is kept; the page may go.
    var isLeft = false

    /// None before the form is open.
    var open: OpenForm<Shape>? {
        guard case .ready(let form) = form else { return nil }
        return form
    }
}

/// A form as it stands. Everything in it but its content is lost with the page, harmlessly.
struct OpenForm<Shape: FormShape>: Sendable {
    let draftId: String
    var content: Shape.Content
    var choices: FormChoices
    /// Each page with its questions, "Kiểm tra lại" last.
    var pages: [[Shape.Part]]
    var at = 0
    /// The post one acts in; none until chosen, when several fit.
    var postId: String?
    var posts: [MyPost] = []
    /// When what is shown was kept, if it was brought back.
    var restoredFrom: Date?
    /// Came by "Sửa": the main action leads back to "Kiểm tra lại".
    var isEditing = false
    var fault: FormFault?
    /// What was there before the last removal, until the next change.
    var beforeRemoval: Shape.Content?
    /// Grows when something is put in or taken out by other ways than typing: fields are then filled anew.
    var edition = 0
    var photoWork: PhotoWork?
    var isBusy = false
    var problem: FieldbookError?

    var page: [Shape.Part] { pages[at] }
    var isAtCheck: Bool { at == pages.count - 1 }

    /// What is wrong with the first of these fields that has a fault.
    func fault(_ isOf: (Field) -> Bool) -> FormFault? { fault.flatMap { isOf($0.field) ? $0 : nil } }

    func fault(of field: Field) -> FormFault? { fault { $0 == field } }
}

/// What is wrong with which field: said on top and beside it in the same words.
struct FormFault: Equatable, Sendable {
    let field: Field
    var fault = InputFault.missing
}

/// A picture that is being made small, or could not be.
struct PhotoWork: Equatable, Sendable {
    let slot: String
    var problem: FieldbookError?
}

/// What a person does on the pages of a form.
@MainActor
struct FormActions<Shape: FormShape> {
    typealias Change = (inout Shape.Content) -> Void

    var edit: (Change) -> Void = { _ in }
    /// As `edit`, but what was there can be brought back, and fields are filled anew.
    var remove: (Change) -> Void = { _ in }
    var undoRemoval: () -> Void = {}
    var next: () -> Void = {}
    var back: () -> Void = {}
    /// Tries once more to open what could not be opened.
    var again: () -> Void = {}
    /// "Sửa".
    var goTo: (Shape.Part) -> Void = { _ in }
    var choosePost: (String) -> Void = { _ in }
    var save: () -> Void = {}
}
