import FieldbookCore
import SwiftUI

struct OutboxContent: View {
    let state: OutboxState
    var onSend: () -> Void = {}
    var onPolicy: (PhotoPolicy) -> Void = { _ in }
    var onRepair: (CaseRow) -> Void = { _ in }
    var onDiscard: (CaseRow) -> Void = { _ in }
    var onGo: Go = { _ in }
    @Environment(\.words) private var words

    var body: some View {
        Page(words(.placeOutbox)) {
            if let problem = state.work.problem { ProblemBlock(problem, officePhone: state.officePhone) }
            switch state.outbox {
            case .loading: Text(words(.commonLoading))
            case .failed(let problem): ProblemBlock(problem, officePhone: state.officePhone)
            case .ready(let outbox):
                CannotGo(trouble: outbox.traffic.trouble, officePhone: state.officePhone)
                AttentionPart(outbox: outbox, onRepair: onRepair, onDiscard: onDiscard, onGo: onGo)
                OnTheWay(outbox: outbox, onGo: onGo)
                MobileData(traffic: outbox.traffic, onPolicy: onPolicy)
                Figures(traffic: outbox.traffic)
            }
        } actions: {
            MainButton(words(isSending ? .commonSending : .actionSendNow), isBusy: isSending, action: onSend)
        }
    }

    private var isSending: Bool { state.work.isSending }
}

/// "Chưa gửi được": what a person can do something about. Having no network is usual.
private struct CannotGo: View {
    let trouble: Trouble?
    let officePhone: String?
    @Environment(\.words) private var words

    var body: some View {
        if let trouble, !trouble.isUsual {
            SectionTitle(words(.screenOutboxCannotGo))
            Notice(words(trouble.sentence), tone: .late) {
                if let officePhone { CallButton(words(.actionCallOffice, officePhone), number: officePhone) }
            }
        }
    }
}

extension Trouble {
    /// Goes by itself.
    fileprivate var isUsual: Bool { self == .offline || self == .officeBusy }
}

private struct OnTheWay: View {
    let outbox: Outbox
    let onGo: Go
    @Environment(\.words) private var words

    var body: some View {
        if goes || !outbox.records.isEmpty || !outbox.photos.isEmpty {
            SectionTitle(words(.screenOutboxOnTheWay))
            if goes { TrafficWords(outbox.traffic) }
            ForEach(outbox.records, id: \.id) { row in CaseCard(row) { onGo(.case(id: row.id)) } }
            ForEach(Array(outbox.photos.enumerated()), id: \.offset) { index, photo in
                PhotoProgress(number: index + 1, photo: photo.photo)
            }
        }
    }

    private var goes: Bool { outbox.traffic.trouble?.isUsual != false }
}

private struct MobileData: View {
    let traffic: Traffic
    let onPolicy: (PhotoPolicy) -> Void
    @Environment(\.words) private var words

    var body: some View {
        SectionTitle(words(.screenOutboxMobile))
        ChoiceLine(words(.screenOutboxTextOnly), isChosen: traffic.photoPolicy == .textOnly) { onPolicy(.textOnly) }
        ChoiceLine(words(.screenOutboxEverything), more: cost, isChosen: traffic.photoPolicy == .everything) { onPolicy(.everything) }
    }

    private var cost: String? {
        traffic.photosWaiting > 0 ? words(.screenOutboxWouldCost, words.size(traffic.photoBytesWaiting)) : nil
    }
}

private struct Figures: View {
    let traffic: Traffic
    @Environment(\.words) private var words

    var body: some View {
        Text(words(.screenOutboxMonth, words.size(traffic.bytesThisMonth)))
        Text(words(.screenOutboxContact, traffic.lastContact?.words ?? words(.screenOutboxNever)))
        if traffic.waitingAtOffice > 0 { Text(words(.screenOutboxAtOffice, count: Int(traffic.waitingAtOffice))).font(.small) }
    }
}
