import FieldbookCore
import SwiftUI

/// A visit, page by page; a page that asks several things has a heading for each.
struct VisitContent: View {
    let state: VisitState
    let actions: FormActions<VisitForm>
    let taker: PhotoTaker
    let onHamlet: (HamletChoice) -> Void
    let onFind: (String) -> Void
    let onFix: () -> Void
    let onNoFix: () -> Void
    let onReason: (String) -> Void
    @Environment(\.words) private var words

    var body: some View {
        FormPage(
            state: state.form, actions: actions, title: pageTitle, fieldLabel: \.visitLabel,
            hasNext: { !$0.page.contains(.hamlet) || !$0.content.hamletId.isEmpty }
        ) { form in
            ForEach(form.page, id: \.self) { part in
                if form.page.count > 1 { SectionTitle(words(part.question)) }
                question(part, form)
            }
        }
    }

    @ViewBuilder private func question(_ part: VisitForm.Part, _ form: OpenVisit) -> some View {
        switch part {
        case .hamlet:
            HamletList(
                hamlets: form.choices.hamlets, found: state.found, chosen: form.content.hamletId, onChoose: onHamlet, onFind: onFind)
        case .day: DayQuestion(form: form, actions: actions)
        case .place:
            PlaceQuestion(form: form, state: state, actions: actions, onFix: onFix, onNoFix: onNoFix, onReason: onReason)
        case .met: MetQuestion(form: form, actions: actions)
        case .topics: TopicsQuestion(form: form, actions: actions, taker: taker)
        case .followUps: FollowUpsQuestion(form: form, actions: actions)
        case .problems: ProblemsQuestion(form: form, actions: actions, taker: taker)
        case .photos: PhotosQuestion(form: form, actions: actions, taker: taker)
        case .promises: PromisesQuestion(form: form, actions: actions)
        case .check: VisitCheck(form: form, grade: state.grade, actions: actions)
        }
    }

    private func pageTitle(_ page: [VisitForm.Part]) -> Key {
        if page.count == 1, let part = page.first { return part.question }
        if page.contains(.place) { return .screenVisitGroupPlace }
        return page.contains(.topics) ? .screenVisitGroupTopics : .screenVisitGroupProblems
    }
}

extension VisitForm.Part {
    /// The question, as the heading of its page or of its part of a page.
    var question: Key {
        switch self {
        case .hamlet: .screenVisitHamlet
        case .day: .screenVisitDay
        case .place: .screenVisitPlace
        case .met: .screenVisitMet
        case .topics: .screenVisitTopics
        case .followUps: .screenVisitFollowUps
        case .problems: .screenVisitProblems
        case .photos: .screenVisitPhotos
        case .promises: .screenVisitPromises
        case .check: .formCheck
        }
    }
}

extension Field {
    /// What a field is called where it is wrong.
    fileprivate var visitLabel: Key {
        switch self {
        case .hamlet: .fieldHamlet
        case .day: .fieldDay
        case .placeReason: .fieldPlaceReason
        case .with: .fieldWith
        case .topic, .remark: .fieldRemark
        case .problem, .text: .fieldProblem
        case .toLevel: .fieldHandling
        case .where: .fieldWhere
        case .promise: .fieldPromise
        case .post: .formPost
        case .photo: .fieldPhoto
        default: .formCheck
        }
    }
}
