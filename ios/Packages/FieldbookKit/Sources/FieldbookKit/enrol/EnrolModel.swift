import FieldbookCore
import Observation

/// Looks whose code it is, enrols this phone, and watches the first data arrive while a PIN is thought of.
@MainActor
@Observable
final class EnrolModel {
    private(set) var state = EnrolState()
    private let fieldbook: any FieldbookProtocol
    private let choices: Choices
    private let device: String
    /// Whoever sets a PIN is not asked for it at once.
    private let onPinKept: () -> Void
    private var code: EnrolmentCode?

    init(_ fieldbook: any FieldbookProtocol, _ choices: Choices, device: String, onPinKept: @escaping () -> Void) {
        self.fieldbook = fieldbook
        self.choices = choices
        self.device = device
        self.onPinKept = onPinKept
    }

    /// Killed after the code was used up: it goes on where it was.
    func resume() async {
        guard state.step == .code, let standing = await outcome({ try await self.fieldbook.status() }).value?.standing else { return }
        if standing == .filling || standing == .ready { enrolled() }
    }

    func look(_ code: EnrolmentCode) {
        busy {
            switch await outcome({ try await self.fieldbook.enrolLook(code: code) }) {
            case .failed(let problem): self.state.problem = problem
            case .done(let look):
                self.code = code
                self.state.step = .confirm
                self.state.look = look
            }
        }
    }

    func confirm() {
        guard let code else { return }
        busy {
            switch await outcome({ try await self.fieldbook.enrol(code: code, device: self.device) }) {
            case .failed(let problem): self.state.problem = problem
            case .done: self.enrolled()
            }
        }
    }

    func keepPin(_ pin: String) {
        busy {
            switch await outcome({ try self.choices.setPin(pin) }) {
            case .failed(let problem): self.state.problem = problem
            case .done:
                self.onPinKept()
                self.skipPin()
            }
        }
    }

    func skipPin() { state.step = .filling }

    /// One step back; from the first step there is no way back.
    func back() {
        state.step = .code
        state.look = nil
        state.problem = nil
    }

    /// Asks the office for everything, and tells how far it is.
    func fill() {
        state.filling.trouble = nil
        state.problem = nil
        Task {
            let watch = Task { await watchFilling() }
            let sync = await outcome { try await self.fieldbook.syncNow() }
            watch.cancel()
            await watch.value
            switch sync {
            case .failed(let problem): state.problem = problem
            case .done(let sync):
                state.filling = Filling(
                    left: sync.traffic.waitingAtOffice, isUsable: state.filling.isUsable || sync.complete, isComplete: sync.complete,
                    trouble: sync.trouble)
            }
        }
    }

    private func enrolled() {
        state.step = choices.hasPin ? .filling : .pin
        state.problem = nil
        fill()
    }

    private func watchFilling() async {
        let start = ContinuousClock.now
        var first: Int64 = 0
        for await status in fieldbook.reading(.traffic, .records, read: { try await $0.status() }) {
            guard let status = status.value else { continue }
            let left = status.traffic.waitingAtOffice
            first = max(first, left)
            state.filling.left = left
            state.filling.secondsLeft = secondsLeft(first: first, left: left, elapsed: ContinuousClock.now - start)
            state.filling.isUsable = status.standing == .ready
        }
    }

    private func busy(_ work: @escaping @MainActor () async -> Void) {
        guard !state.isBusy else { return }
        state.isBusy = true
        state.problem = nil
        Task {
            await work()
            state.isBusy = false
        }
    }
}

/// At the pace so far; none before anything has come.
func secondsLeft(first: Int64, left: Int64, elapsed: Duration) -> Int? {
    let come = first - left
    guard come > 0, left > 0 else { return nil }
    return Int((elapsed / .seconds(1)) * Double(left) / Double(come)) + 1
}
