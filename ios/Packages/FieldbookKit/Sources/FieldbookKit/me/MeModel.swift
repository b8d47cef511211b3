import FieldbookCore
import Observation

@MainActor
@Observable
final class MeModel {
    private var read = MeState()
    private let fieldbook: any FieldbookProtocol
    private let choices: Choices
    /// Whoever sets a PIN is not asked for it at once.
    private let onPinKept: () -> Void

    init(_ fieldbook: any FieldbookProtocol, _ choices: Choices, onPinKept: @escaping () -> Void) {
        self.fieldbook = fieldbook
        self.choices = choices
        self.onPinKept = onPinKept
    }

    var state: MeState {
        var state = read
        state.textSize = choices.textSize
        state.hasPin = choices.hasPin
        return state
    }

    func follow() async {
        for await status in fieldbook.reading(
            .account, .traffic, .drafts, read: { (status: try await $0.status(), drafts: try await $0.drafts().count) })
        {
            switch status {
            case .loading: break
            case .failed(let problem): read.status = .failed(problem)
            case .ready(let now):
                read.status = .ready(now.status)
                read.drafts = now.drafts
            }
        }
    }

    func choose(_ size: TextSize) { doing { try self.choices.setTextSize(size) } }

    func keepPin(_ pin: String) {
        doing {
            try self.choices.setPin(pin)
            self.onPinKept()
        }
    }

    func removePin() { doing { try self.choices.removePin() } }

    func practise(_ isOn: Bool) { doing { _ = try await self.fieldbook.setPractice(on: isOn) } }

    /// Sends everything, then deletes the notebook; nothing is deleted when something cannot be sent.
    func signOut() { doing { try await self.fieldbook.evacuateAndSignOut() } }

    func forget() { read.problem = nil }

    private func doing(_ call: @escaping @MainActor () async throws -> Void) {
        guard !read.isBusy else { return }
        read.isBusy = true
        read.problem = nil
        Task {
            read.problem = await outcome(call).problem
            read.isBusy = false
        }
    }
}
