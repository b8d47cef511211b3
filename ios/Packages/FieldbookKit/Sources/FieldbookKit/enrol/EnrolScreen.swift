import FieldbookCore
import SwiftUI

struct EnrolScreen: View {
    let camera: Camera
    let onDone: () -> Void
    @State private var model: EnrolModel
    @State private var isScanning = false
    @Environment(\.words) private var words

    init(_ graph: Graph, onDone: @escaping () -> Void) {
        camera = graph.codeCamera
        self.onDone = onDone
        let model = EnrolModel(graph.fieldbook, graph.choices, device: graph.device) { graph.isOpened = true }
        _model = State(initialValue: model)
    }

    var body: some View {
        page.task { await model.resume() }
    }

    @ViewBuilder private var page: some View {
        if isScanning, model.state.step == .code {
            ScanScreen(
                camera: camera, otherWay: words(.screenEnrolTypeDigits), onCode: { look($0) }, onOtherWay: { isScanning = false })
        } else {
            EnrolContent(
                state: model.state, onScan: { isScanning = true }, onLook: model.look, onConfirm: model.confirm, onBack: model.back,
                onPin: model.keepPin, onSkipPin: model.skipPin, onAgain: model.fill, onDone: onDone)
        }
    }

    private func look(_ code: String) {
        isScanning = false
        model.look(.scanned(text: code))
    }
}
