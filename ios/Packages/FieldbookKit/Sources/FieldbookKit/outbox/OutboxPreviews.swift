import FieldbookCore
import SwiftUI

extension Outbox: Varied {}
extension PhotoLine: Varied {}

/// The main states, for previews and for the kept outlines. All persons are invented.
enum OutboxSamples {
    private static let row = BookSamples.petition.with { $0.sending = .textSent(photosSent: 1, photos: 2) }
    private static let photo = PhotoLine(
        hash: "a1", path: nil, bytes: 212_000, width: 1280, height: 960, topic: nil, sending: .sending(sent: 84_000))
    private static let traffic = TodaySamples.traffic
    private static let waiting = photo.with {
        $0.hash = "a2"
        $0.sending = .waiting
    }
    private static let sending = Outbox(
        traffic: traffic, attention: [], records: [row],
        photos: [OutboxPhoto(photo: photo, caseId: "p1"), OutboxPhoto(photo: waiting, caseId: "p1")])
    private static let refused = BookSamples.petition.with {
        $0.id = "p0"
        $0.sending = .refused(code: .notYourUnit)
    }
    private static let back = sending.with {
        $0.traffic.needsAttention = 2
        $0.attention = [
            AttentionLine(row: refused, what: .refused(code: .notYourUnit), held: 1, canRepair: true),
            AttentionLine(
                row: row, what: .returned(reason: "Đề nghị ghi rõ cống nào và thời gian phát hiện."), held: 0, canRepair: false),
        ]
    }
    private static let quiet = Outbox(
        traffic: traffic.with {
            $0.network = .unmetered
            $0.photoPolicy = .everything
            $0.recordsWaiting = 0
            $0.photosWaiting = 0
        },
        attention: [], records: [], photos: [])

    private static func page(_ outbox: Outbox, _ work: OutboxWork = OutboxWork()) -> OutboxState {
        OutboxState(outbox: .ready(outbox), officePhone: "0275 3800 123", work: work)
    }

    static let usual = page(sending)
    static let attention = page(back)
    static let empty = page(quiet)
    static let busy = page(sending, OutboxWork(isSending: true))
    static let cannotGo = page(quiet.with { $0.traffic.trouble = .signInAgain })
    static let offline = page(
        quiet.with { $0.traffic = traffic.with { $0.network = .noNetwork } }, OutboxWork(problem: .Offline))
}

#Preview("usual") { NavigationStack { OutboxContent(state: OutboxSamples.usual) } }

#Preview("attention") { NavigationStack { OutboxContent(state: OutboxSamples.attention) } }

#Preview("empty") { NavigationStack { OutboxContent(state: OutboxSamples.empty) } }

#Preview("busy") { NavigationStack { OutboxContent(state: OutboxSamples.busy) } }

#Preview("cannot go") { NavigationStack { OutboxContent(state: OutboxSamples.cannotGo) } }

#Preview("no network") { NavigationStack { OutboxContent(state: OutboxSamples.offline) } }
