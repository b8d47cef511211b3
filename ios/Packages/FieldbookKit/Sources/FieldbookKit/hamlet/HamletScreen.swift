import FieldbookCore
import SwiftUI

struct HamletScreen: View {
    let onGo: Go
    @State private var model: HamletModel

    init(_ fieldbook: any FieldbookProtocol, id: String, onGo: @escaping Go) {
        self.onGo = onGo
        _model = State(initialValue: HamletModel(fieldbook, id: id))
    }

    var body: some View {
        HamletContent(state: model.state, onGo: onGo)
            .task { await model.follow() }
    }
}
