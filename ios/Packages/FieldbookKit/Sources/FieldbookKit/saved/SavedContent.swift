import FieldbookCore
import SwiftUI

/// The big tick: what was saved, that it is safe, when it goes, its receipt, and the way back.
struct SavedContent: View {
    let state: SavedState
    var moreReceipts: [String] = []
    var onUndo: () -> Void = {}
    var onOpen: () -> Void = {}
    var onDone: () -> Void = {}
    @Environment(\.words) private var words

    var body: some View {
        Page(words(isTakenBack ? .savedTakenBack : .savedTitle)) {
            switch state.saved {
            case .loading: Text(words(.commonLoading))
            case .failed(let problem): ProblemBlock(problem)
            case .ready(let saved):
                Tick(isTakenBack: isTakenBack)
                Ready(saved: saved, problem: state.problem, moreReceipts: moreReceipts, onOpen: onOpen)
            }
        } actions: {
            MainButton(words(.actionDone), action: onDone)
            switch state.undo {
            case .toForm: SideButton(words(.actionUndo), action: onUndo)
            case .takeBack: SideButton(words(.savedTakeBack), action: onUndo)
            case .none, .takenBack: EmptyView()
            }
        }
    }

    private var isTakenBack: Bool { state.undo == .takenBack }
}

private struct Ready: View {
    let saved: SavedCase
    let problem: FieldbookError?
    let moreReceipts: [String]
    let onOpen: () -> Void
    @Environment(\.words) private var words

    var body: some View {
        Headline(row: row)
        if let problem { ProblemBlock(problem, officePhone: saved.status.officePhone) }
        Text(words(.savedSafe))
        Text(words(goes(row.sending, saved.status))).accessibilityAddTraits(.updatesFrequently)
        if let receipt = row.receipt { Receipt(receipt: receipt, sending: row.sending, isForResident: row.kind == .petition) }
        if !moreReceipts.isEmpty {
            SectionTitle(words(.savedMoreReceipts))
            ForEach(moreReceipts, id: \.self) { Text($0).font(.lineTitle).speechSpellsOutCharacters() }
        }
        if let report = saved.case.report { Numbers(report: report) }
        LineButton(words(.savedOpen), action: onOpen)
    }

    private var row: CaseRow { saved.case.row }
}

private struct Tick: View {
    let isTakenBack: Bool

    var body: some View {
        Image(systemName: isTakenBack ? "xmark.circle.fill" : "checkmark.circle.fill")
            .font(.system(size: 72))
            .foregroundStyle(isTakenBack ? Theme.line.color : Theme.accent.color)
    }
}

/// What was saved; read out as soon as it is there.
private struct Headline: View {
    let row: CaseRow
    @Environment(\.words) private var words

    var body: some View {
        let text = words(.commonKindInUnit, words(row.kind.word), row.unit)
        Text(text)
            .font(.lineTitle)
            .onChange(of: text, initial: true) { AccessibilityNotification.Announcement(text).post() }
    }
}

private struct Receipt: View {
    let receipt: String
    let sending: Sending
    @State private var isCodeShown: Bool
    @Environment(\.words) private var words

    init(receipt: String, sending: Sending, isForResident: Bool) {
        self.receipt = receipt
        self.sending = sending
        _isCodeShown = State(initialValue: isForResident)
    }

    var body: some View {
        ReceiptBlock(receipt, sending)
        if isCodeShown {
            QrCode(text: receipt, description: words(.savedQrOf, receipt))
        } else {
            LineButton(words(.savedShowQr)) { isCodeShown = true }
        }
    }
}

/// The numbers of a report, counted from the records when it was saved.
private struct Numbers: View {
    let report: ReportPart
    @Environment(\.words) private var words

    var body: some View {
        SectionTitle(words(.reportNumbers))
        ForEach(report.numbers, id: \.what) { number in
            HStack {
                Text(words(number.what.word))
                Spacer()
                Text("\(number.count)").fontWeight(.semibold)
            }
            .accessibilityElement(children: .combine)
        }
    }
}

/// When it goes, or that it arrived.
private func goes(_ sending: Sending, _ status: Status) -> Key {
    let traffic = status.traffic
    let waitsForWifi = traffic.network == .metered && traffic.photoPolicy == .textOnly
    switch sending {
    case .received: return .savedReceived
    case .refused, .held, .discarded: return .savedRefused
    case .textSent: return waitsForWifi ? .savedPhotosWait : .savedPhotosGoing
    case .canUndo, .waiting:
        if status.practice { return .commonPractice }
        return traffic.network == .noNetwork ? .savedGoesLater : .savedGoesSoon
    }
}
