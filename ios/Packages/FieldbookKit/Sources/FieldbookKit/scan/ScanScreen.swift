import SwiftUI

/// Asks for the camera when it opens, which is the person's tap, and gives the first code it sees. Once refused, only the system's
/// settings give the permission.
struct ScanScreen: View {
    let camera: Camera
    let otherWay: String
    let onCode: @MainActor (String) -> Void
    let onOtherWay: () -> Void
    @State private var state = ScanState.asking
    @Environment(\.openURL) private var openURL

    var body: some View {
        ScanContent(state: state, otherWay: otherWay, onOtherWay: onOtherWay, onAsk: { openURL.appSettings() }) {
            CodeFinder(onCode: onCode, onAway: { state = .noCamera })
        }
        .task {
            guard camera.exists() else { return state = .noCamera }
            state = await camera.mayBeUsed() ? .looking : .refused
        }
    }
}
