import FieldbookCore
import SwiftUI

/// What is wrong, in words.
struct ProblemText: View {
    let problem: ProblemEntry
    let edition: Int
    var fault: FormFault?
    let onChange: ((inout ProblemEntry) -> Void) -> Void
    @Environment(\.words) private var words

    var body: some View {
        let label = words(.fieldProblem)
        TextBox(label: label, text: problem.text, edition: edition, fault: fault?.words(of: label, in: words), lines: 2) { typed in
            onChange { $0.text = typed }
        }
    }
}

/// Where in the hamlet.
struct ProblemPlace: View {
    let problem: ProblemEntry
    let edition: Int
    var fault: FormFault?
    let onChange: ((inout ProblemEntry) -> Void) -> Void
    @Environment(\.words) private var words

    var body: some View {
        let label = words(.fieldWhere)
        TextBox(label: label, text: problem.place, edition: edition, fault: fault?.words(of: label, in: words)) { typed in
            onChange { $0.place = typed }
        }
    }
}

/// How urgent it is, and whether it was settled or goes up. Proposing goes to the commune unless another level is chosen. Not
/// `isTitled`: the page's own title asks already.
struct ProblemHandling: View {
    let problem: ProblemEntry
    var fault: FormFault?
    var isTitled = true
    let onChange: ((inout ProblemEntry) -> Void) -> Void
    @Environment(\.words) private var words

    var body: some View {
        VStack(alignment: .leading, spacing: 8) {
            if isTitled { Text(words(.fieldHandling)).font(.lineTitle) }
            ChoiceList([Handling.onTheSpot, .proposed].map { Choice($0, words($0.word)) }, chosen: problem.handling) { handling in
                onChange { $0.handle(handling) }
            }
            if let fault { FaultText(words: fault.words(of: words(.fieldHandling), in: words)) }
            if problem.handling == .proposed {
                Text(words(.fieldLevel)).font(.lineTitle)
                ChoiceList(levels.map { Choice($0, words($0.word)) }, chosen: problem.toLevel) { level in onChange { $0.toLevel = level } }
            }
            Text(words(.fieldUrgency)).font(.lineTitle)
            ChoiceList([Urgency.normal, .urgent, .complex].map { Choice($0, words($0.word)) }, chosen: problem.urgency) { urgency in
                onChange { $0.urgency = urgency }
            }
        }
    }

    private var levels: [UnitLevel] {
        let usual: [UnitLevel] = [.commune, .province]
        return usual + [problem.toLevel].compactMap(\.self).filter { !usual.contains($0) }
    }
}

extension ProblemEntry {
    /// A new problem: usual urgency, nothing decided.
    static let empty = ProblemEntry(hamletId: "", text: "", place: "", urgency: .normal, handling: nil, toLevel: nil, photos: [])

    fileprivate mutating func handle(_ handling: Handling) {
        self.handling = handling
        toLevel = handling == .proposed ? toLevel ?? .commune : nil
    }

    /// A problem on one line: what, how it was handled.
    func words(in words: Words) -> String {
        let urgent = urgency == .normal ? nil : words(urgency.word)
        return [text.orNone ?? words(.problemOnPhotos), handledWords(in: words), urgent].compactMap(\.self).joined(separator: " · ")
    }

    /// How it was handled; none when that was not said.
    func handledWords(in words: Words) -> String? {
        guard let handling else { return nil }
        return toLevel.map { words(.problemProposedTo, words($0.word)) } ?? words(handling.word)
    }
}
