import FieldbookCore
import Foundation
import Observation
import SwiftUI

/// Everything the screens are wired with, by hand.
@MainActor
@Observable
public final class Graph {
    @ObservationIgnored let fieldbook: any FieldbookProtocol
    /// What the office's list calls this phone.
    @ObservationIgnored let device = UIDevice.current.model
    @ObservationIgnored let choices: Choices
    @ObservationIgnored let phoneLock: PhoneLock
    @ObservationIgnored let codeCamera: Camera
    @ObservationIgnored let teller: Teller
    @ObservationIgnored let presence: Presence
    @ObservationIgnored let worker: SendWorker
    /// What is typed is written down in the order it was typed, whichever page it is on.
    @ObservationIgnored let keeping = Turns()
    @ObservationIgnored let pictures: Pictures
    @ObservationIgnored let fixes: Fixes
    /// Whoever holds the phone gave the PIN, or set it, since the app was started.
    var isOpened = false

    /// With everything of one notebook in this folder.
    public init(
        home: URL, around: Surroundings = Surroundings(),
        load: (FieldbookConfig, any KeyStore) throws -> any FieldbookProtocol = { try Fieldbook(config: $0, keys: $1) }
    ) throws {
        try Self.make(home)
        let notebook = home.appending(path: "notebook")
        let keychain = Keychain(service: "vn.sodiaban.fieldbook." + home.lastPathComponent)
        // The Keychain outlives an app that is deleted; what it holds belongs to a notebook that is gone.
        if !FileManager.default.fileExists(atPath: notebook.appending(path: "fieldbook.db").path) {
            try keychain.deleteAll()
        }
        let version = Bundle.main.infoDictionary?["CFBundleShortVersionString"] as? String ?? "0"
        fieldbook = try load(
            FieldbookConfig(
                directory: notebook.path, photosDirectory: notebook.appending(path: "photos").path, appVersion: version),
            NotebookKey(keychain))
        pictures = Pictures(home: home, around)
        fixes = Fixes(around)
        choices = try Choices(home: home, keychain: keychain)
        phoneLock = around.phoneLock
        codeCamera = around.codeCamera
        let networkWatch = NetworkWatch(monitor: around.pathMonitor)
        let plan = SendPlan(scheduler: around.scheduler)
        teller = Teller(fieldbook, home: home, shade: around.notifications(), words: Words(around.language))
        let errands = PhotoErrands(fieldbook, home: home, session: around.backgroundSession)
        presence = Presence(fieldbook, networkWatch, plan, teller, errands)
        worker = SendWorker(fieldbook: fieldbook, networkWatch: networkWatch, plan: plan, teller: teller, errands: errands)
    }

    /// What the system lets the app do while it is closed.
    public func sendWhileClosed() async { await worker.work() }

    /// Kept out of the system's backups, and closed until the phone is unlocked for the first time after it was switched on.
    private static func make(_ home: URL) throws {
        try FileManager.default.createDirectory(
            at: home, withIntermediateDirectories: true,
            attributes: [.protectionKey: FileProtectionType.completeUntilFirstUserAuthentication])
        var home = home
        var values = URLResourceValues()
        values.isExcludedFromBackup = true
        try home.setResourceValues(values)
    }
}
