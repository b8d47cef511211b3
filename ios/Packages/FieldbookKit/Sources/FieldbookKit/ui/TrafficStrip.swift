import FieldbookCore
import SwiftUI

/// The strip: network, what waits, what it weighs, "Gửi ngay". Having no network is usual and never red.
struct TrafficStrip: View {
    let traffic: Traffic
    let isSending: Bool
    let onSend: () -> Void
    @Environment(\.words) private var words

    var body: some View {
        FlowRow {
            TrafficWords(traffic).padding(8)
            LineButton(words(isSending ? .commonSending : .actionSendNow), action: onSend).disabled(isSending)
        }
        .padding(4)
        .frame(maxWidth: .infinity, alignment: .leading)
        .background(Theme.calmPaper.color)
        .clipShape(RoundedRectangle(cornerRadius: Theme.corner))
    }
}

/// Network, what waits, what it weighs.
struct TrafficWords: View {
    let traffic: Traffic
    @Environment(\.words) private var words

    init(_ traffic: Traffic) { self.traffic = traffic }

    var body: some View {
        VStack(alignment: .leading) {
            Text(network).font(.lineTitle)
            Text(waiting).font(.small)
        }
    }

    private var network: String {
        if traffic.network == .noNetwork { return words(.networkNone) }
        if let trouble = traffic.trouble { return words(trouble.sentence) }
        return words(traffic.network == .metered ? .networkMobile : .networkWifi)
    }

    private var waiting: String {
        if traffic.recordsWaiting + traffic.photosWaiting == 0 { return words(.waitingNothing) }
        let records = words(.waitingRecords, count: Int(traffic.recordsWaiting))
        if traffic.photosWaiting == 0 { return records }
        let photos = words(.waitingPhotos, count: Int(traffic.photosWaiting), words.size(traffic.photoBytesWaiting))
        return traffic.recordsWaiting == 0 ? photos : words(.waitingBoth, records, photos)
    }
}

extension Words {
    /// "410 kB".
    func size(_ bytes: Int64) -> String { bytes.formatted(.byteCount(style: .file).locale(Locale(identifier: language.rawValue))) }
}
