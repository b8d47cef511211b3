import FieldbookCore
import SwiftUI

/// What happened, the latest first.
struct History: View {
    let page: CasePageView
    @Environment(\.words) private var words

    var body: some View {
        SectionTitle(words(.screenCaseHistory))
        ForEach(Array(page.history.reversed().enumerated()), id: \.offset) { _, line in
            Divider()
            HistoryEntry(line: line)
        }
    }
}

private struct HistoryEntry: View {
    let line: HistoryLine
    @Environment(\.words) private var words

    var body: some View {
        VStack(alignment: .leading, spacing: 2) {
            Text(line.what.words(in: words)).font(.lineTitle)
            if !line.text.isEmpty { Text(line.text) }
            Text(line.received ? shown : words(.screenCaseNotSent, shown)).font(.small)
        }
        .accessibilityElement(children: .combine)
    }

    private var shown: String {
        words(.commonKindInUnit, line.author.isEmpty ? words(.screenCaseOffice) : line.author, line.time.words)
    }
}

extension HistoryWhat {
    fileprivate func words(in words: Words) -> String {
        switch self {
        case .recorded: words(.stateRecorded)
        case .happened(_, _, let to?, _): words(.historyForwarded, to)
        case .happened(_, _, _, let way?): words(.historyAnswered, words(way.word))
        case .happened(let action, _, _, _): words(action.word)
        case .corrected: words(.historyCorrected)
        case .photoAdded: words(.historyPhotoAdded)
        case .erased: words(.historyErased)
        case .rehomed(let unit): words(.historyRehomed, unit)
        case .takenBack: words(.historyTakenBack)
        case .unknown: words(.stateUnknown)
        }
    }
}

/// The pictures, each with where it is on its way, and the ways to more for whoever may add to the record.
struct Photos: View {
    let page: CasePageView
    let taker: PhotoTaker
    @Environment(\.words) private var words

    var body: some View {
        if !page.photos.isEmpty || mayAdd {
            SectionTitle(words(.screenCasePhotos))
            ForEach(Array(page.photos.enumerated()), id: \.offset) { index, photo in
                HStack(spacing: 12) {
                    Thumbnail(path: photo.path, description: words(.photoNumber, index + 1))
                    PhotoProgress(number: index + 1, photo: photo)
                }
            }
        }
        if mayAdd {
            FlowRow {
                LineButton(words(.photoTake), icon: "camera") { taker.onCamera(whole) }
                LineButton(words(.photoChoose), icon: "photo") { taker.onGallery(whole) }
            }
        }
    }

    private var mayAdd: Bool { page.actions.contains(.note) }
}

/// A picture of the record itself.
private let whole = "whole"

struct ProblemWords: View {
    let problem: ProblemPart
    let onGo: Go
    @Environment(\.words) private var words

    var body: some View {
        Text(problem.words(in: words))
        if let visit = problem.visitId { SideButton(words(.screenCaseVisit)) { onGo(.case(id: visit)) } }
    }
}

struct VisitWords: View {
    let visit: VisitPart
    @Environment(\.words) private var words

    var body: some View {
        Text(words(.commonKindInUnit, visit.day.plainWords, words(visit.evidence.word)))
        if !visit.placeReason.isEmpty { Text(visit.placeReason).font(.small) }
        if !met.isEmpty { Text(words(.screenCaseMet, met.joined(separator: ", "))) }
        ForEach(Array(visit.topics.enumerated()), id: \.offset) { _, topic in
            VStack(alignment: .leading, spacing: 4) {
                Text(topic.text)
                StatusChip(words(topic.mark.word), topic.mark.tone)
                if !topic.remark.isEmpty { Text(topic.remark).font(.small) }
            }
        }
        if !visit.promises.isEmpty { SectionTitle(words(.screenCasePromises)) }
        ForEach(visit.promises, id: \.id) { Text(words(.commonKindInUnit, $0.text, $0.month.words)) }
    }

    private var met: [String] { visit.met.map { words($0.word) } + [visit.with].filter { !$0.isEmpty } }
}

struct ReportWords: View {
    let report: ReportPart
    @Environment(\.words) private var words

    var body: some View {
        Text(words(.screenCasePeriod, report.from.plainWords, report.to.plainWords))
        if report.nothing { Text(words(.screenCaseNothing)) }
        ForEach(report.numbers, id: \.what) { Text(words(.screenCaseNumber, words($0.what.word), $0.count)) }
        ForEach([report.done, report.notDone, report.proposed].filter { !$0.isEmpty }, id: \.self) { Text($0) }
    }
}

extension TopicMark {
    fileprivate var tone: Tone {
        switch self {
        case .done: .good
        case .notDone: .late
        case .notKnown, .unknown: .calm
        }
    }
}
