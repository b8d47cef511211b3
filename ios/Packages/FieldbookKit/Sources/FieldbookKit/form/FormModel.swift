import FieldbookCore
import Foundation
import Observation

/// A form over its draft: kept at each change, in order; pictures waiting for it are taken in whenever it is opened.
@MainActor
@Observable
final class FormModel<Shape: FormShape> {
    private(set) var state = FormState<Shape>()

    @ObservationIgnored private let fieldbook: any FieldbookProtocol
    @ObservationIgnored private let pictures: Pictures
    @ObservationIgnored private let keeping: Turns
    @ObservationIgnored private let takingIn = Turns()
    /// The draft that was asked for, or has been begun; none before that.
    @ObservationIgnored private var known: String?
    @ObservationIgnored private var begin: (@MainActor () async throws -> Draft)?
    /// It was asked for: what is shown was there before.
    @ObservationIgnored private var isBack = false
    @ObservationIgnored private var isKeepComing = false
    @ObservationIgnored private var isOneByOne = false

    init(_ graph: Graph) {
        fieldbook = graph.fieldbook
        pictures = graph.pictures
        keeping = graph.keeping
    }

    /// The form as it stands; none before it is open.
    var form: OpenForm<Shape>? { state.open }

    var actions: FormActions<Shape> {
        FormActions(
            edit: edit, remove: remove, undoRemoval: undoRemoval, next: next, back: back, again: again, goTo: goTo,
            choosePost: choosePost, save: save)
    }

    /// Opens this draft, or begins one. A page that comes again into sight asks again, and nothing is done then.
    func open(_ draftId: String?, begin: @escaping @MainActor () async throws -> Draft) {
        guard self.begin == nil else { return }
        self.begin = begin
        known = draftId
        isBack = draftId != nil
        Task { await read(begin) }
    }

    func again() {
        guard let begin else { return }
        state = FormState()
        Task { await read(begin) }
    }

    func edit(_ change: FormActions<Shape>.Change) {
        enter {
            change(&$0.content)
            $0.beforeRemoval = nil
        }
    }

    func remove(_ change: FormActions<Shape>.Change) {
        enter {
            $0.beforeRemoval = $0.content
            change(&$0.content)
            $0.edition += 1
        }
    }

    /// As `edit`, for what the fields have to show at once.
    func fill(_ change: FormActions<Shape>.Change) {
        enter {
            change(&$0.content)
            $0.beforeRemoval = nil
            $0.edition += 1
        }
    }

    func undoRemoval() {
        enter {
            $0.content = $0.beforeRemoval ?? $0.content
            $0.beforeRemoval = nil
            $0.edition += 1
        }
    }

    func choosePost(_ id: String) {
        enter {
            $0.postId = id
            $0.fault = nil
        }
    }

    func next() {
        guard let form else { return }
        if let missing = Shape.missing(on: form.page, form.content) { return fail(missing) }
        go(to: form.isEditing ? form.pages.count - 1 : form.at + 1)
    }

    func back() {
        guard let form else { return state.isLeft = true }
        if form.isEditing { return go(to: form.pages.count - 1) }
        if form.at > 0 { return go(to: form.at - 1) }
        leave()
    }

    func goTo(_ part: Shape.Part) {
        guard let at = form?.pages.firstIndex(where: { $0.contains(part) }) else { return }
        go(to: at, isEditing: true)
    }

    func fail(_ field: Field, _ fault: InputFault = .missing) { set { $0.fault = FormFault(field: field, fault: fault) } }

    func save() {
        guard let form, !form.isBusy else { return }
        set {
            $0.isBusy = true
            $0.problem = nil
            Shape.tidy(&$0.content)
            $0.edition += 1
        }
        Task {
            switch await keepAndSave(form.draftId) {
            case .failed(let problem): refused(problem)
            case .done: await pictures.forget(form.draftId)
            }
        }
    }

    /// Keeps what is shown. What has begun when the page goes is finished.
    @discardableResult
    func keepNow() -> Task<Outcome<Void>, Never> {
        keeping.begin {
            self.isKeepComing = false
            return await self.keep()
        }
    }

    /// The page goes out of sight: the system may end the app from now on.
    func onHidden() { keepNow() }

    /// Reads again what can be chosen: the place is another one now.
    func reloadChoices() async {
        guard let form else { return }
        _ = await keepNow().value
        let read = await outcome {
            (try await self.fieldbook.choices(draftId: form.draftId), try await self.fieldbook.draft(id: form.draftId).posts)
        }
        guard case .done((let choices, let posts)) = read else { return }
        set {
            $0.choices = choices
            $0.posts = posts
            $0.pages = Shape.pages($0.content, choices, isOneByOne: isOneByOne)
        }
    }

    /// Takes in the pictures that wait in the draft's folder: from the camera, from the gallery, or from before a kill.
    func takeInPhotos() {
        Task {
            await takingIn.take {
                guard let draftId = self.form?.draftId else { return }
                for waiting in await self.pictures.waiting(draftId) { await self.takeIn(waiting) }
            }
        }
    }

    /// There was no room for a picture.
    func photoFailed(_ slot: String) { set { $0.photoWork = PhotoWork(slot: slot, problem: .StorageFull) } }

    private func read(_ begin: @escaping @MainActor () async throws -> Draft) async {
        let draft = await outcome {
            if let known = self.known { try await self.fieldbook.draft(id: known) } else { try await begin() }
        }
        switch draft {
        case .failed(let problem): await miss(problem)
        case .done(let draft):
            known = draft.id
            await show(draft)
        }
    }

    /// There is no such draft: the app may have been ended between "Lưu" and the page that says so.
    private func miss(_ problem: FieldbookError) async {
        guard isBack, let draftId = known,
            case .done(let saved?) = await outcome({ try await self.fieldbook.savedAs(draftId: draftId) })
        else { return state = FormState(form: .failed(problem)) }
        state.saved = saved
    }

    private func takeIn(_ waiting: Pictures.Waiting) async {
        set { $0.photoWork = PhotoWork(slot: waiting.slot) }
        let taken = await outcome {
            let small = try await self.pictures.small(waiting.file)
            return try await self.fieldbook.shrinkPhoto(path: small.path)
        }
        switch taken {
        case .failed(let problem): set { $0.photoWork = PhotoWork(slot: waiting.slot, problem: problem) }
        case .done(let photo):
            fill { Shape.setPhotos(Shape.photos($0, in: waiting.slot) + [photo], in: waiting.slot, of: &$0) }
            set { $0.photoWork = nil }
            _ = await keepNow().value
        }
        await pictures.delete(waiting)
    }

    private func show(_ draft: Draft) async {
        let read = await outcome {
            (try await self.fieldbook.status().posts.map(\.role), try await self.fieldbook.choices(draftId: draft.id))
        }
        guard case .done((let roles, let choices)) = read else {
            if case .failed(let problem) = read { state = FormState(form: .failed(problem)) }
            return
        }
        guard let content = Shape.unwrap(draft.entry) else {
            return state = FormState(form: .failed(.Internal(reason: "a draft of another kind")))
        }
        isOneByOne = roles.contains(.head) && !roles.contains(.liaison)
        let pages = Shape.pages(content, choices, isOneByOne: isOneByOne)
        let at = Shape.Part(rawValue: draft.step).flatMap { part in pages.firstIndex { $0.contains(part) } }
        state = FormState(
            form: .ready(
                OpenForm(
                    draftId: draft.id, content: content, choices: choices, pages: pages, at: at ?? 0, postId: draft.postId,
                    posts: draft.posts, restoredFrom: isBack ? draft.updated : nil)))
        takeInPhotos()
    }

    /// Nothing is kept in between, and nothing after: the draft is a record then.
    private func keepAndSave(_ draftId: String) async -> Outcome<Void> {
        await keeping.take {
            if case .failed(let problem) = await self.keep() { return .failed(problem) }
            switch await outcome({ try await self.fieldbook.save(draftId: draftId) }) {
            case .failed(let problem): return .failed(problem)
            case .done(let saved):
                self.state.saved = saved
                return .done(())
            }
        }
    }

    private func keep() async -> Outcome<Void> {
        guard let form, state.saved == nil, let step = form.page.first else { return .done(()) }
        let kept = await outcome {
            try await self.fieldbook.keepDraft(
                id: form.draftId, step: step.rawValue, entry: Shape.wrap(form.content), postId: form.postId)
        }
        if case .failed(let problem) = kept { set { $0.problem = problem } }
        return kept
    }

    private func refused(_ problem: FieldbookError) {
        set { $0.isBusy = false }
        guard case .Invalid(let field, let fault) = problem else { return set { $0.problem = problem } }
        goTo(Shape.part(of: field))
        fail(field, fault)
    }

    /// Says first that something could not be kept; whoever goes back again after that may.
    private func leave() {
        let wasTold = form?.problem != nil
        Task {
            if case .done = await keepNow().value { return state.isLeft = true }
            if wasTold { state.isLeft = true }
        }
    }

    /// Goes to a page; to "Kiểm tra lại" without what was left blank.
    private func go(to at: Int, isEditing: Bool = false) {
        enter {
            $0.at = at
            $0.isEditing = isEditing && !$0.isAtCheck
            $0.fault = nil
            $0.problem = nil
            $0.beforeRemoval = nil
            $0.restoredFrom = nil
            guard $0.isAtCheck else { return }
            Shape.tidy(&$0.content)
            $0.edition += 1
        }
    }

    private func set(_ change: (inout OpenForm<Shape>) -> Void) {
        guard var form else { return }
        change(&form)
        state.form = .ready(form)
    }

    /// Changes that come while others are being kept are kept together after them.
    private func enter(_ change: (inout OpenForm<Shape>) -> Void) {
        set(change)
        guard !isKeepComing else { return }
        isKeepComing = true
        keepNow()
    }
}
