import FieldbookCore
import SwiftUI

/// Where a record is on its way to the office.
struct SendingChip: View {
    let sending: Sending
    @Environment(\.words) private var words

    init(_ sending: Sending) { self.sending = sending }

    var body: some View {
        switch sending {
        case .canUndo, .waiting: StatusChip(words(.sendingWaiting), .calm)
        case .textSent(let photosSent, let photos): StatusChip(words(.sendingTextSent, photosSent, photos), .soon)
        case .received: StatusChip(words(.sendingReceived), .good)
        case .refused: StatusChip(words(.sendingRefused), .danger)
        case .held: StatusChip(words(.sendingHeld), .late)
        case .discarded: StatusChip(words(.sendingDiscarded), .calm)
        }
    }
}
