import FieldbookCore
import SwiftUI

/// A receipt to show or to read out: VoiceOver spells it.
struct ReceiptBlock: View {
    let receipt: String
    let sending: Sending
    @Environment(\.words) private var words

    init(_ receipt: String, _ sending: Sending) {
        self.receipt = receipt
        self.sending = sending
    }

    var body: some View {
        VStack(spacing: 8) {
            Text(words(.commonReceipt))
            Text(receipt)
                .font(.system(.title, design: .monospaced))
                .multilineTextAlignment(.center)
                .speechSpellsOutCharacters()
            SendingChip(sending)
        }
        .padding(16)
        .frame(maxWidth: .infinity)
        .overlay { RoundedRectangle(cornerRadius: 16).stroke(Theme.accent.color, lineWidth: 2) }
    }
}
