import LocalAuthentication
import SwiftUI

/// Asks for the PIN. Forgotten, the phone's own lock opens too, and takes the PIN away. What is behind stays as it was.
struct LockScreen: View {
    let choices: Choices
    let phoneLock: PhoneLock
    let onOpen: () -> Void
    @State private var isWrong = false
    @Environment(\.words) private var words

    var body: some View {
        NavigationStack {
            LockContent(
                isWrong: isWrong,
                onPin: { if choices.isPin($0) { onOpen() } else { isWrong = true } },
                onForget: phoneLock.isThere ? { forget() } : nil)
        }
    }

    private func forget() {
        Task {
            guard await phoneLock.opens(asking: words(.screenLockTitle)) else { return }
            // Where it cannot be taken away, it is asked for again next time.
            try? choices.removePin()
            onOpen()
        }
    }
}

/// The phone's own lock: its code, its face, its finger.
struct PhoneLock: Sendable {
    var make: @Sendable () -> LAContext = { LAContext() }

    var isThere: Bool { make().canEvaluatePolicy(.deviceOwnerAuthentication, error: nil) }

    func opens(asking reason: String) async -> Bool {
        (try? await make().evaluatePolicy(.deviceOwnerAuthentication, localizedReason: reason)) ?? false
    }
}

/// `onForget` none: this phone has no lock of its own.
struct LockContent: View {
    let isWrong: Bool
    var onPin: (String) -> Void = { _ in }
    var onForget: (() -> Void)?
    @State private var pin = ""
    @Environment(\.words) private var words

    var body: some View {
        Page(words(.screenLockTitle)) {
            PinField(pin: $pin, fault: isWrong ? words(.screenLockWrong) : nil)
            if onForget == nil { Text(words(.screenLockNoPhoneLock)) }
        } actions: {
            MainButton(words(.screenLockOpen)) { onPin(pin) }
            if let onForget { SideButton(words(.screenLockForgotten), action: onForget) }
        }
    }
}
