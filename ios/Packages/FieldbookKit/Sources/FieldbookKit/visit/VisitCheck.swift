import FieldbookCore
import SwiftUI

/// "Kiểm tra lại": every answer with its "Sửa", and the post where several fit.
struct VisitCheck: View {
    let form: OpenVisit
    let grade: PlaceGrade?
    let actions: FormActions<VisitForm>
    @Environment(\.words) private var words

    var body: some View {
        VStack(alignment: .leading, spacing: 12) {
            PostChoice(posts: form.posts, chosen: form.postId, fault: form.fault(of: .post), onChoose: actions.choosePost)
            ForEach(form.pages.flatMap(\.self).filter { $0 != .check }, id: \.self) { part in
                CheckLine(title: part.question, answer: answer(to: part)) { actions.goTo(part) }
            }
        }
    }

    private func answer(to part: VisitForm.Part) -> String {
        let lines = lines(of: part).filter { !$0.isBlank }
        return lines.isEmpty ? words(.formNothing) : lines.joined(separator: "\n")
    }

    private func lines(of part: VisitForm.Part) -> [String] {
        let content = form.content
        return switch part {
        case .hamlet: form.choices.hamlets.filter { $0.id == content.hamletId }.map(\.name)
        case .day: [(content.day ?? form.choices.today).longWords(in: words)]
        case .place: [grade.map { words($0.evidence.word) } ?? "", content.placeReason]
        case .met: content.met.map { words($0.word) } + [content.with]
        case .topics: topics
        case .followUps: followUps
        case .problems: content.problems.map { $0.words(in: words) }
        case .photos: [content.photos.isEmpty ? "" : words(.photos, count: content.photos.count), content.remark]
        case .promises: content.promises.map(\.text)
        case .check: []
        }
    }

    private var topics: [String] {
        form.content.topics.map { topic in
            let text = form.choices.topics.first { $0.id == topic.topicId }?.text ?? ""
            return words(.screenVisitTopicAnswer, text, words((topic.mark ?? .notKnown).word))
        }
    }

    private var followUps: [String] {
        form.choices.followUps.map { promise in
            let word: Key =
                switch form.content.isDone(promise) {
                case true?: .followUpDone
                case false?: .followUpNotDone
                case nil: .followUpNotLookedAt
                }
            return words(.screenVisitTopicAnswer, promise.text, words(word))
        }
    }
}
