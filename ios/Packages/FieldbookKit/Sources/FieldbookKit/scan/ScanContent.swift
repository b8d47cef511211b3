import SwiftUI

/// Looks for a code. `otherWay` says what the button does that leads back: "Nhập mười số".
struct ScanContent<Preview: View>: View {
    let state: ScanState
    let otherWay: String
    var onOtherWay: () -> Void
    var onAsk: () -> Void
    let preview: Preview
    @Environment(\.words) private var words

    init(
        state: ScanState, otherWay: String, onOtherWay: @escaping () -> Void = {}, onAsk: @escaping () -> Void = {},
        @ViewBuilder preview: () -> Preview
    ) {
        self.state = state
        self.otherWay = otherWay
        self.onOtherWay = onOtherWay
        self.onAsk = onAsk
        self.preview = preview()
    }

    var body: some View {
        Page(words(.screenScanTitle), onBack: onOtherWay) {
            switch state {
            case .asking: Text(words(.screenScanAsking))
            case .looking:
                Text(words(.screenScanHint))
                preview
                    .frame(maxWidth: 360)
                    .aspectRatio(3 / 4, contentMode: .fit)
                    .clipShape(RoundedRectangle(cornerRadius: Theme.corner))
                    .frame(maxWidth: .infinity)
            case .refused: Notice(words(.screenScanRefused))
            case .noCamera: Notice(words(.screenScanNoCamera))
            }
        } actions: {
            MainButton(otherWay, action: onOtherWay)
            if state == .refused { SideButton(words(.screenScanAllow), action: onAsk) }
        }
    }
}
