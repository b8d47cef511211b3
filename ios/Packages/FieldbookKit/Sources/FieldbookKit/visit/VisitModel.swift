import FieldbookCore
import Foundation
import Observation

/// A visit's form: beside what every form does, its hamlet's checklist and the one position.
@MainActor
@Observable
final class VisitModel {
    @ObservationIgnored private let fieldbook: any FieldbookProtocol
    @ObservationIgnored private let fixes: Fixes
    @ObservationIgnored private let draftId: String?
    @ObservationIgnored private let hamletId: String?
    @ObservationIgnored private let later: Bool
    @ObservationIgnored private let grading = Turns()
    private let form: FormModel<VisitForm>
    private let search: HamletSearch
    private var fixing = Fixing.idle
    private var grade: PlaceGrade?
    /// What `grade` was given for.
    @ObservationIgnored private var graded: PlaceAsked?

    var state: VisitState { VisitState(form: form.state, fixing: fixing, grade: grade, found: search.found) }

    var actions: FormActions<VisitForm> {
        var actions = form.actions
        actions.next = next
        actions.save = save
        return actions
    }

    init(_ graph: Graph, draftId: String?, hamletId: String?, later: Bool) {
        fieldbook = graph.fieldbook
        fixes = graph.fixes
        self.draftId = draftId
        self.hamletId = hamletId
        self.later = later
        form = FormModel(graph)
        search = HamletSearch(graph.fieldbook)
    }

    func open() {
        form.open(draftId) { [fieldbook, hamletId, later] in
            let draft = NewDraft(kind: .visit, hamletId: hamletId, sinceBoot: later ? nil : secondsSinceBoot(), later: later)
            return try await fieldbook.startDraft(draft: draft)
        }
    }

    /// Pictures may be waiting: the camera or the gallery was open.
    func takeInPhotos() { form.takeInPhotos() }

    func photoFailed(_ slot: String) { form.photoFailed(slot) }

    func onHidden() { form.onHidden() }

    /// Takes a hamlet and goes on: the next page asks about it.
    func choose(_ hamlet: HamletChoice) {
        Task {
            form.fill { $0.hamletId = hamlet.id }
            await form.reloadChoices()
            guard let choices = form.form?.choices else { return }
            form.fill { $0.takeTopics(of: choices) }
            next()
        }
    }

    func find(_ typed: String) { search.find(typed) }

    /// One position, now. What is there already stays until another is found.
    func takeFix() {
        guard fixing != .looking else { return }
        fixing = .looking
        Task {
            let (fix, end) = await fixes.take()
            if let fix { form.edit { $0.fix = fix } }
            fixing = end
        }
    }

    func removeFix() { form.edit { $0.fix = nil } }

    /// For the reason, what is usual can be picked instead of typed.
    func giveReason(_ reason: String) { form.fill { $0.placeReason = reason } }

    /// What the grade of the place hangs on.
    struct PlaceAsked: Equatable {
        let hamletId: String
        let fix: PositionFix?
    }

    var placeAsked: PlaceAsked? { form.form.map { PlaceAsked(hamletId: $0.content.hamletId, fix: $0.content.fix) } }

    /// Grades the place anew; asked whenever the hamlet or the position is another one.
    func gradeAnew() async {
        guard let content = form.form?.content, let asked = placeAsked else { return }
        await grading.take {
            guard case .done(let grade) = await outcome({ try await self.fieldbook.placeGrade(entry: content) }) else { return }
            self.grade = grade
            self.graded = asked
        }
    }

    private func next() {
        // A position that was found a moment ago is graded first, or a reason would be asked for that nobody needs.
        guard let at = form.form?.at, form.form?.page.contains(.place) == true, graded != placeAsked else { return goOn() }
        Task {
            await gradeAnew()
            if form.form?.at == at { goOn() }
        }
    }

    private func goOn() {
        guard let open = form.form else { return }
        let asksReason = grade?.asksReason == true && fixing != .looking
        if open.page.contains(.place), asksReason, open.content.placeReason.isBlank { return form.fail(.placeReason) }
        form.next()
        guard let now = form.form, now.page.contains(.place), !now.content.isLater, now.content.fix == nil else { return }
        // "Bắt đầu nắm tình hình" was the tap; without the right to it the page's own button asks first.
        if fixes.isAllowed { takeFix() }
    }

    private func save() {
        form.edit { $0.minutes = $0.minutes ?? $0.started.map { Int32(Date.now.timeIntervalSince($0) / 60) } }
        form.save()
    }
}

/// Seconds since the phone was switched on, sleep included; no clock that a person can turn.
private func secondsSinceBoot() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC_RAW, &time)
    return Int64(time.tv_sec)
}
