import FieldbookCore
import SwiftUI

struct TopicsQuestion: View {
    let form: OpenVisit
    let actions: FormActions<VisitForm>
    let taker: PhotoTaker

    var body: some View {
        let texts = Dictionary(form.choices.topics.map { ($0.id, $0.text) }) { first, _ in first }
        VStack(alignment: .leading, spacing: 16) {
            ForEach(Array(form.content.topics.enumerated()), id: \.element.topicId) { index, topic in
                if index > 0 { Divider() }
                TopicLines(index: index, text: texts[topic.topicId] ?? "", topic: topic, form: form, actions: actions, taker: taker)
            }
        }
    }
}

private struct TopicLines: View {
    let index: Int
    let text: String
    let topic: TopicEntry
    let form: OpenVisit
    let actions: FormActions<VisitForm>
    let taker: PhotoTaker
    @State private var isOpen = false
    @Environment(\.words) private var words

    var body: some View {
        VStack(alignment: .leading, spacing: 8) {
            Text(text).font(.lineTitle)
            ChoiceList([TopicMark.done, .notDone, .notKnown].map { Choice($0, words($0.word)) }, chosen: topic.mark) { mark in
                actions.edit { $0.topics[index].mark = mark }
            }
            if isOpen || hasMore { more } else { LineButton(words(.screenVisitTopicMore)) { isOpen = true } }
        }
    }

    private var slot: String { PhotoOf.topic(index).slot }
    private var photos: [PhotoEntry] { VisitForm.photos(form.content, in: slot) }
    private var hasMore: Bool { !topic.remark.isEmpty || !photos.isEmpty || form.photoWork?.slot == slot }

    @ViewBuilder private var more: some View {
        let label = words(.fieldRemark)
        let fault = form.fault(of: .topic(index: Int32(index)))?.words(of: label, in: words)
        TextBox(label: label, text: topic.remark, edition: form.edition, fault: fault) { typed in
            actions.edit { $0.topics[index].remark = typed }
        }
        PhotoRow(slot: slot, photos: photos, work: form.photoWork, taker: taker) { at in
            actions.remove { $0.removePhoto(at, from: slot) }
        }
    }
}

extension VisitEntry {
    mutating func removePhoto(_ index: Int, from slot: String) {
        var photos = VisitForm.photos(self, in: slot)
        photos.remove(at: index)
        VisitForm.setPhotos(photos, in: slot, of: &self)
    }
}

struct FollowUpsQuestion: View {
    let form: OpenVisit
    let actions: FormActions<VisitForm>

    var body: some View {
        VStack(alignment: .leading, spacing: 16) {
            ForEach(Array(form.choices.followUps.enumerated()), id: \.element.id) { index, promise in
                if index > 0 { Divider() }
                FollowUpLines(promise: promise, isDone: form.content.isDone(promise)) { done in
                    actions.edit {
                        $0.followUps.removeAll { $0.followUpId == promise.id }
                        $0.followUps.append(FollowUpEntry(followUpId: promise.id, done: done))
                    }
                }
            }
        }
    }
}

extension VisitEntry {
    /// What was said of a promise; none when it was not looked at.
    func isDone(_ promise: FollowUpLine) -> Bool? { followUps.first { $0.followUpId == promise.id }?.done }
}

private struct FollowUpLines: View {
    let promise: FollowUpLine
    let isDone: Bool?
    let onTick: (Bool) -> Void
    @Environment(\.words) private var words

    var body: some View {
        VStack(alignment: .leading, spacing: 8) {
            Text(promise.text).font(.lineTitle)
            Text(words(.screenVisitPromisedFor, promise.month.words)).font(.small)
            if !promise.photos.isEmpty {
                FlowRow {
                    ForEach(Array(promise.photos.enumerated()), id: \.offset) { index, photo in
                        Thumbnail(path: photo.path, description: words(.photoNumber, index + 1))
                    }
                }
            }
            ChoiceList([Choice(true, words(.followUpDone)), Choice(false, words(.followUpNotDone))], chosen: isDone, onChoose: onTick)
        }
    }
}
