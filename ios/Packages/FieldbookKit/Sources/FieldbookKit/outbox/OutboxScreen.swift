import FieldbookCore
import SwiftUI

struct OutboxScreen: View {
    let onGo: Go
    @State private var model: OutboxModel

    init(_ fieldbook: any FieldbookProtocol, onGo: @escaping Go) {
        self.onGo = onGo
        _model = State(initialValue: OutboxModel(fieldbook))
    }

    var body: some View {
        OutboxContent(
            state: model.state, onSend: model.send, onPolicy: model.choose, onRepair: { model.repair($0, onOpen: onGo) },
            onDiscard: model.discard, onGo: onGo
        )
        .task { await model.follow() }
    }
}
