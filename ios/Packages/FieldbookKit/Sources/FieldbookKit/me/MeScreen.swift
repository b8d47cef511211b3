import FieldbookCore
import SwiftUI

struct MeScreen: View {
    @State private var model: MeModel
    @SceneStorage("me_task") private var kept = MeTask.look.rawValue
    @Environment(\.openURL) private var openURL

    init(_ fieldbook: any FieldbookProtocol, _ choices: Choices, onPinKept: @escaping () -> Void) {
        _model = State(initialValue: MeModel(fieldbook, choices, onPinKept: onPinKept))
    }

    var body: some View {
        page
            .task { await model.follow() }
            .onDisappear { kept = MeTask.look.rawValue }
    }

    @ViewBuilder private var page: some View {
        switch MeTask(rawValue: kept) ?? .look {
        case .look:
            MeContent(
                state: model.state, onTask: { kept = $0.rawValue }, onSize: model.choose, onLanguage: { openURL.appSettings() },
                onRemovePin: model.removePin, onPractice: model.practise)
        case .pin:
            SetPinPage(
                onPin: {
                    model.keepPin($0)
                    look()
                }, onBack: look)
        case .signOut: SignOutPage(state: model.state, onSignOut: model.signOut, onBack: look)
        }
    }

    private func look() {
        model.forget()
        kept = MeTask.look.rawValue
    }
}
