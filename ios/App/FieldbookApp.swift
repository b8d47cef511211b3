import FieldbookKit
import SwiftUI

@main
struct FieldbookApp: App {
    @UIApplicationDelegateAdaptor(AppDelegate.self) private var delegate

    var body: some Scene {
        WindowGroup {
            switch delegate.graph {
            case .success(let graph): Root(graph)
            case .failure: ClosedNotebook()
            }
        }
        .backgroundTask(.appRefresh("vn.sodiaban.fieldbook.send")) { await delegate.sendWhileClosed() }
        .backgroundTask(.urlSession(PhotoErrands.identifier)) { await delegate.sendWhileClosed() }
    }
}

/// Holds what lives as long as the app, also while it has no scene.
@MainActor
final class AppDelegate: NSObject, UIApplicationDelegate {
    let graph = Result {
        let support = try FileManager.default.url(for: .applicationSupportDirectory, in: .userDomainMask, appropriateFor: nil, create: true)
        return try Graph(home: support.appending(path: "fieldbook"))
    }

    func sendWhileClosed() async {
        if case .success(let graph) = graph { await graph.sendWhileClosed() }
    }
}
