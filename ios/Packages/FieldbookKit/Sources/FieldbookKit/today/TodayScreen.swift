import FieldbookCore
import SwiftUI

struct TodayScreen: View {
    let onGo: Go
    @State private var model: TodayModel

    init(_ fieldbook: any FieldbookProtocol, onGo: @escaping Go) {
        self.onGo = onGo
        _model = State(initialValue: TodayModel(fieldbook))
    }

    var body: some View {
        TodayContent(state: model.state, onGo: onGo, onSend: model.send, onAgain: model.again)
            .task(id: model.attempt) { await model.follow() }
    }
}
