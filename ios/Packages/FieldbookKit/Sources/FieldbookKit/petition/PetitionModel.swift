import FieldbookCore
import Observation

/// Sorts, then fills in a draft that is kept at each change.
@MainActor
@Observable
final class PetitionModel {
    private(set) var state: PetitionState
    /// The draft of the form; none before there is one, and none any more when it was erased.
    private(set) var draftId: String?

    @ObservationIgnored private let fieldbook: any FieldbookProtocol
    @ObservationIgnored private let pictures: Pictures
    @ObservationIgnored private let keeping: Turns
    @ObservationIgnored private let takingIn = Turns()
    @ObservationIgnored private var isKeepComing = false
    @ObservationIgnored private var isOpening = false
    @ObservationIgnored private var isGuiding = false

    init(_ graph: Graph, draftId: String?) {
        fieldbook = graph.fieldbook
        pictures = graph.pictures
        keeping = graph.keeping
        self.draftId = draftId
        state = draftId == nil ? .sorting(Sorting()) : .loading
    }

    /// `onSaved`: the app was ended after "Lưu" and before the next page.
    func open(onSaved: @escaping (Saved) -> Void) {
        guard draftId != nil, !isOpening else { return }
        isOpening = true
        openAgain(onSaved: onSaved)
    }

    /// Also when it could not be opened before.
    func openAgain(onSaved: @escaping (Saved) -> Void) {
        guard let draftId else { return }
        Task {
            let opened = await outcome {
                let draft = try await self.fieldbook.draft(id: draftId)
                var form = try await self.form(of: draft)
                form.restored = draft.repairs == nil ? draft.updated : nil
                return form
            }
            guard !isGuiding else { return }
            switch opened {
            case .done(let form): state = .form(form)
            case .failed(let problem):
                if case .done(let saved?) = await outcome({ try await self.fieldbook.savedAs(draftId: draftId) }) { return onSaved(saved) }
                state = .failed(problem)
            }
            takeInPhotos()
        }
    }

    /// What these answers lead to; nothing is kept of them.
    func sort(_ answers: [Bool]) -> SorterStep { sortPetition(answers: answers, today: .today) }

    /// It was a denunciation: what was typed before, if anything, is erased before the guidance is shown. A picture that is just being
    /// taken in belongs to the draft first, so that it is erased with it.
    func guide() {
        guard !isGuiding else { return }
        isGuiding = true
        Task {
            await takingIn.take {}
            state = .loading
            let read = await keeping.take { [fieldbook, pictures, draftId] in
                await outcome {
                    if let draftId {
                        await pictures.forget(draftId)
                        try await fieldbook.eraseDraft(id: draftId)
                    }
                    let places = try await fieldbook.hamlets()
                    let own = places.filter(\.own)
                    return Guidance(hamlets: own.isEmpty ? places : own, officePhone: try await fieldbook.status().officePhone)
                }
            }
            switch read {
            case .done(let guidance):
                draftId = nil
                state = .guidance(guidance)
            case .failed(let problem):
                isGuiding = false
                state = .failed(problem)
            }
        }
    }

    func advised(_ hamletId: String) {
        guard case .guidance(var guidance) = state, !guidance.isBusy else { return }
        guidance.isBusy = true
        guidance.problem = nil
        state = .guidance(guidance)
        Task {
            guidance.isBusy = false
            switch await outcome({ try await self.fieldbook.adviseDenunciation(hamletId: hamletId) }) {
            case .done: guidance.isNoted = true
            case .failed(let problem): guidance.problem = problem
            }
            state = .guidance(guidance)
        }
    }

    /// Begins the form of this kind, or gives the one at hand this kind.
    func begin(_ result: SorterResult, onBegun: @escaping () -> Void) {
        if state.form != nil {
            enter {
                $0.entry.kind = result.kind
                $0.entry.urgency = result.urgency
                $0.result = result
                $0.problem = nil
            }
            return onBegun()
        }
        guard case .sorting(let sorting) = state, !sorting.isBusy else { return }
        state = .sorting(Sorting(isBusy: true))
        Task {
            switch await outcome({ try await self.begun(result) }) {
            case .done(let form):
                draftId = form.draftId
                state = .form(form)
                onBegun()
            case .failed(let problem): state = .sorting(Sorting(problem: problem))
            }
        }
    }

    func change(_ change: (inout PetitionEntry) -> Void) {
        enter {
            change(&$0.entry)
            $0.problem = nil
        }
    }

    func choosePost(_ id: String) {
        enter {
            $0.postId = id
            $0.problem = nil
        }
    }

    /// Goes on, past what is not missing.
    func next() {
        guard let form = state.form else { return }
        if let missing = form.missing { return set { $0.problem = .Invalid(field: missing, fault: .missing) } }
        go(form.isEditing ? .review : PetitionStep.allCases[form.step.number])
    }

    /// Goes to this page; from "Kiểm tra lại" it is by "Sửa", or back.
    func go(_ step: PetitionStep) {
        enter {
            $0.isEditing = ($0.isEditing || $0.step == .review) && step != .review
            $0.step = step
            $0.problem = nil
            $0.restored = nil
            $0.removedFrom = nil
        }
        guard step == .review, let draftId = state.form?.draftId else { return }
        Task {
            await keepNow().value
            // The posts that fit depend on the place.
            guard case .done(let draft) = await outcome({ try await self.fieldbook.draft(id: draftId) }) else { return }
            set { $0.posts = draft.posts }
        }
    }

    /// The page goes out of sight, maybe for ever.
    func onHidden() { keepNow() }

    func removePhoto(_ index: Int) {
        enter {
            $0.removedFrom = $0.entry.photos
            $0.entry.photos.remove(at: index)
        }
    }

    func undoRemoval() {
        enter {
            $0.entry.photos = $0.removedFrom ?? $0.entry.photos
            $0.removedFrom = nil
        }
    }

    /// Takes in the pictures that wait in the draft's folder: from the camera, from the gallery, or from before a kill.
    func takeInPhotos() {
        Task {
            await takingIn.take {
                guard let draftId = self.state.form?.draftId else { return }
                for waiting in await self.pictures.waiting(draftId) { await self.takeIn(waiting) }
            }
        }
    }

    /// There was no room for a picture.
    func photoFailed(_ slot: String) { set { $0.photoWork = PhotoWork(slot: slot, problem: .StorageFull) } }

    func save(onSaved: @escaping (Saved) -> Void) {
        guard let form = state.form, !form.isBusy else { return }
        if form.posts.count > 1, form.postId == nil { return set { $0.problem = .Invalid(field: .post, fault: .missing) } }
        set {
            $0.isBusy = true
            $0.problem = nil
        }
        Task {
            let saved = await keeping.take { [fieldbook] in
                await outcome {
                    try await fieldbook.keepDraft(
                        id: form.draftId, step: form.step.rawValue, entry: .petition(entry: form.entry), postId: form.postId)
                    return try await fieldbook.save(draftId: form.draftId)
                }
            }
            switch saved {
            case .done(let saved):
                await pictures.forget(form.draftId)
                onSaved(saved)
            case .failed(let problem):
                set {
                    $0.isBusy = false
                    $0.step = problem.step ?? $0.step
                    $0.problem = problem
                }
            }
        }
    }

    private func begun(_ result: SorterResult) async throws -> PetitionForm {
        let own = try await fieldbook.hamlets().filter(\.own)
        let hamletId = own.count == 1 ? own.first?.id : nil
        let new = NewDraft(kind: .petition, hamletId: hamletId, sinceBoot: nil, later: false)
        let draft = try await fieldbook.startDraft(draft: new)
        var form = try await form(of: draft)
        form.step = .text
        form.entry.kind = result.kind
        form.entry.urgency = result.urgency
        form.result = result
        try await fieldbook.keepDraft(
            id: draft.id, step: form.step.rawValue, entry: .petition(entry: form.entry), postId: draft.postId)
        return form
    }

    private func form(of draft: Draft) async throws -> PetitionForm {
        guard case .petition(let entry) = draft.entry else { throw FieldbookError.Internal(reason: "a draft of another kind") }
        return PetitionForm(
            draftId: draft.id, step: PetitionStep(kept: draft.step), entry: entry, result: entry.kind.flatMap { way($0, entry.urgency) },
            hamlets: try await fieldbook.choices(draftId: draft.id).hamlets, posts: draft.posts, postId: draft.postId,
            repairs: draft.repairs != nil)
    }

    /// Clock and way of a kind that is known: what the sorter says to the answers that lead there.
    private func way(_ kind: PetitionKind, _ urgency: Urgency) -> SorterResult? {
        let isUrgent = urgency == .urgent
        let answers: [Bool]
        switch kind {
        case .complaint: answers = [false, true]
        case .feedback: answers = [false, false, true, isUrgent]
        case .proposal: answers = [false, false, false, isUrgent]
        case .denunciation, .unknown: return nil
        }
        guard case .sorted(let result) = sort(answers) else { return nil }
        return result
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
            enter {
                $0.entry.photos.append(photo)
                $0.photoWork = nil
            }
            await keepNow().value
        }
        await pictures.delete(waiting)
    }

    @discardableResult
    private func keepNow() -> Task<Void, Never> {
        keeping.begin {
            self.isKeepComing = false
            guard let form = self.state.form, !form.isBusy else { return }
            let kept = await outcome {
                try await self.fieldbook.keepDraft(
                    id: form.draftId, step: form.step.rawValue, entry: .petition(entry: form.entry), postId: form.postId)
            }
            if case .failed(let problem) = kept { self.set { $0.problem = problem } }
        }
    }

    private func set(_ change: (inout PetitionForm) -> Void) {
        guard var form = state.form else { return }
        change(&form)
        state = .form(form)
    }

    /// Changes that come while others are being kept are kept together after them.
    private func enter(_ change: (inout PetitionForm) -> Void) {
        set(change)
        guard !isKeepComing else { return }
        isKeepComing = true
        keepNow()
    }
}

extension FieldbookError {
    /// Where what is wrong can be put right.
    fileprivate var step: PetitionStep? {
        guard case .Invalid(let field, _) = self else { return nil }
        return switch field {
        case .text, .photo: .text
        case .resident: .who
        case .hamlet, .where: .where
        default: nil
        }
    }
}
