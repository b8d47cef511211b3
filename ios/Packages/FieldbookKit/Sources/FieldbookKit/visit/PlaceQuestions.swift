import FieldbookCore
import SwiftUI

/// The days a visit may be dated back to, today first: picked, not typed.
struct DayQuestion: View {
    let form: OpenVisit
    let actions: FormActions<VisitForm>
    @Environment(\.words) private var words

    var body: some View {
        ChoiceList(days.map { Choice($0, $0.longWords(in: words)) }, chosen: form.content.day ?? form.choices.today) { day in
            actions.edit { $0.day = day }
        }
    }

    private var days: [CalendarDay] {
        let earliest = form.choices.earliestDay.noon
        return sequence(first: form.choices.today) { $0.plus(days: -1) }.prefix { $0.noon >= earliest }.map(\.self)
    }
}

struct PlaceQuestion: View {
    let form: OpenVisit
    let state: VisitState
    let actions: FormActions<VisitForm>
    let onFix: () -> Void
    let onNoFix: () -> Void
    let onReason: (String) -> Void

    var body: some View {
        VStack(alignment: .leading, spacing: 12) {
            if !form.content.isLater { PositionLines(fix: form.content.fix, state: state, onFix: onFix, onNoFix: onNoFix) }
            if state.grade?.asksReason == true, state.fixing != .looking {
                PlaceReason(form: form, actions: actions, onReason: onReason)
            }
        }
    }
}

private struct PositionLines: View {
    let fix: PositionFix?
    let state: VisitState
    let onFix: () -> Void
    let onNoFix: () -> Void
    @Environment(\.words) private var words

    var body: some View {
        VStack(alignment: .leading, spacing: 8) {
            found
            if state.fixing != .looking {
                SideButton(words(fix == nil ? .positionTake : .positionAgain), icon: "location", action: onFix)
                if fix != nil { LineButton(words(.positionRemove), action: onNoFix) }
            }
        }
    }

    private var found: some View {
        VStack(alignment: .leading, spacing: 8) {
            if state.fixing == .looking {
                Text(words(.positionLooking))
            } else {
                let evidence = state.grade?.evidence ?? .noEvidence
                StatusChip(words(evidence.word), evidence.tone)
            }
            if let fix {
                Text(words(.positionAccuracy, fix.accuracyM))
                if fix.approximate { Text(words(.positionApproximate)) }
                if fix.mock { StatusChip(words(.positionMock), .late) }
            }
            if let why = state.fixing.why { Text(words(why)) }
        }
    }
}

private struct PlaceReason: View {
    let form: OpenVisit
    let actions: FormActions<VisitForm>
    let onReason: (String) -> Void
    @Environment(\.words) private var words

    var body: some View {
        let label = words(.fieldPlaceReason)
        let fault = form.fault(of: .placeReason)?.words(of: label, in: words)
        TextBox(label: label, text: form.content.placeReason, edition: form.edition, fault: fault) { typed in
            actions.edit { $0.placeReason = typed }
        }
        ChoiceList(usual.map { Choice(words($0), words($0)) }, chosen: form.content.placeReason, onChoose: onReason)
    }

    private var usual: [Key] {
        form.content.isLater
            ? [.reasonWrittenLater, .reasonPhoneElsewhere] : [.reasonNoSignal, .reasonSwitchedOff, .reasonMetElsewhere]
    }
}

struct MetQuestion: View {
    let form: OpenVisit
    let actions: FormActions<VisitForm>
    @Environment(\.words) private var words

    private static let known: [Met] = [.head, .secretary, .front, .associations, .residents, .security]

    var body: some View {
        let label = words(.fieldWith)
        let fault = form.fault(of: .with)?.words(of: label, in: words)
        VStack(alignment: .leading, spacing: 12) {
            ManyList(choices: Self.known.map { Choice($0, words($0.word)) }, chosen: form.content.met) { met in
                actions.edit { $0.met = Self.known.filter(met.contains) }
            }
            TextBox(label: label, text: form.content.with, edition: form.edition, fault: fault) { typed in
                actions.edit { $0.with = typed }
            }
        }
    }
}

extension Fixing {
    /// Why there is no position.
    fileprivate var why: Key? {
        switch self {
        case .idle, .looking: nil
        case .notAllowed: .positionNotAllowed
        case .switchedOff: .positionSwitchedOff
        case .notFound: .positionNotFound
        }
    }
}
