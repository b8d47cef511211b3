import FieldbookCore
import SwiftUI

/// Two taps for "không phát sinh", one more choice for everything else.
struct ReportContent: View {
    let state: ReportState
    let onUnit: (String) -> Void
    let onKind: (ReportKind) -> Void
    let onNothing: () -> Void
    let onGo: Go
    @Environment(\.words) private var words

    var body: some View {
        Page(words(.actionReport), hasActions: state.today.value != nil) {
            switch state.today {
            case .loading: Text(words(.commonLoading))
            case .failed(let problem): ProblemBlock(problem)
            case .ready(let today): choices(today)
            }
        } actions: {
            MainButton(words(.reportNothing), isBusy: state.isBusy, action: onNothing)
        }
    }

    @ViewBuilder private func choices(_ today: Today) -> some View {
        let (unit, kind, units) = (state.unit(of: today), state.kind(of: today), today.reportUnits)
        if let problem = state.problem { ProblemBlock(problem, officePhone: today.officePhone) }
        if units.count > 1 {
            Text(words(.fieldUnit)).font(.lineTitle)
            ChoiceList(units.map { Choice($0.id, $0.name) }, chosen: unit, onChoose: onUnit)
        } else {
            Text(units.first?.name ?? "").font(.sectionTitle)
        }
        ChoiceList(state.kinds(of: today).map { Choice($0, words($0.word)) }, chosen: kind, onChoose: onKind)
        if let due = today.reportsDue.first(where: { $0.unitId == unit && $0.kind == kind }) {
            Text(words(.reportPeriod, due.from.words(today: today.day, in: words), due.to.words(today: today.day, in: words)))
        }
        SideButton(words(.reportSomething), icon: "exclamationmark.bubble") { onGo(.problem(hamletId: unit)) }
        LineButton(words(.reportWrite)) { onGo(.reportForm(unitId: unit, kind: kind)) }
    }
}
