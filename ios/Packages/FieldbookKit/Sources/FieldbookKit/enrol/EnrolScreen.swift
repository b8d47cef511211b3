import FieldbookCore
import SwiftUI

struct EnrolScreen: View {
    let onDone: () -> Void
    @State private var model: EnrolModel
    @State private var isScanning = false

    init(_ graph: Graph, onDone: @escaping () -> Void) {
        self.onDone = onDone
        let model = EnrolModel(graph.fieldbook, graph.choices, device: graph.device) { graph.isOpened = true }
        _model = State(initialValue: model)
    }

    var body: some View {
        EnrolContent(
            state: model.state, onScan: { isScanning = true }, onLook: model.look, onConfirm: model.confirm, onBack: model.back,
            onPin: model.keepPin, onSkipPin: model.skipPin, onAgain: model.fill, onDone: onDone
        )
        .task { await model.resume() }
    }
}
