import SwiftUI

extension OpenURLAction {
    /// This app's page in the system's settings: its language, and what it may use.
    @MainActor func appSettings() {
        if let settings = URL(string: UIApplication.openSettingsURLString) { self(settings) }
    }
}
