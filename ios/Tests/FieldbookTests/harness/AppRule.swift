import FieldbookCore
import Foundation
@_spi(Host) import SwiftUI
import Testing
import URLSessions

@testable import FieldbookKit

/// The real app: phones with a notebook each, one of them on the screen.
@MainActor
final class AppRule {
    let outdoors = Outdoors()
    private let folder: TemporaryFolder
    private var names: [ObjectIdentifier: String] = [:]
    private var inHand: Graph?
    /// The phone on the screen.
    var phoneInHand: Graph? { inHand }
    private var shown: Screen?

    /// Taps made since the test began; `tap` counts.
    var taps = 0

    init() throws { folder = try TemporaryFolder() }

    deinit {
        outdoors.end()
        Task { @MainActor [shown] in shown?.close() }
    }

    /// A phone of its own, with an empty notebook.
    func phone(_ name: String = "phone") throws -> Graph { try start("\(name) \(UUID().uuidString)") }

    /// The app as it starts on the phone whose files are there; the Keychain is one for all tests.
    func start(
        _ name: String,
        load: (FieldbookConfig, any KeyStore) throws -> any FieldbookProtocol = { try Fieldbook(config: $0, keys: $1) }
    ) throws -> Graph {
        let graph = try Graph(home: folder.url.appending(path: name), around: outdoors.surroundings(of: name), load: load)
        names[ObjectIdentifier(graph)] = name
        return graph
    }

    /// The app on this phone has ended; what is left is the disk. Gives the phone as it is after that.
    func ended<Core: FieldbookProtocol>(
        _ phone: Graph, load: (FieldbookConfig, any KeyStore) throws -> Core
    ) async throws -> (Graph, Core) {
        await phone.presence.turn?.value
        await phone.keeping.take {}
        var core: Core?
        let again = try start(try #require(names[ObjectIdentifier(phone)])) { config, keys in
            let loaded = try load(config, keys)
            core = loaded
            return loaded
        }
        return (again, try #require(core))
    }

    /// A phone on which this person has enrolled and the first data have come, without a screen.
    func enrolled(_ office: OfficeRule, _ person: String, server: String? = nil) async throws -> Graph {
        let graph = try phone(person)
        try await graph.fieldbook.setNetwork(network: .unmetered)
        _ = try await graph.fieldbook.enrol(code: .scanned(text: office.code(person, server: server)), device: "test")
        let sync = try await graph.fieldbook.syncNow()
        try #require(sync.complete)
        return graph
    }

    /// As `open(_:kept:)`, with this page on top.
    func open(_ phone: Graph, at place: Place) {
        let stack = Stack(.today, place)
        open(phone, kept: stack.kept.map { ["stack": $0.base64EncodedString()] } ?? [:])
    }

    /// Takes this phone into the hand: the app is opened anew on it.
    func open(_ phone: Graph, kept: [String: String] = [:]) {
        shown?.close()
        inHand = phone
        shown = Screen(Root(phone).environment(\.words, Words(.vi)), kept: kept)
    }

    /// The system ends the app while it is out of sight and later brings it back: nothing is left but the disk and what it keeps of the
    /// scene. Gives the phone as it is after that.
    @discardableResult
    func kill() async throws -> Graph {
        let phone = try #require(inHand)
        let screen = try #require(shown)
        screen.environment.scenePhase = .background
        _ = screen.nodes
        let kept = screen.kept
        screen.close()
        shown = nil
        inHand = nil
        await phone.presence.turn?.value
        await phone.keeping.take {}
        let again = try start(try #require(names[ObjectIdentifier(phone)]))
        open(again, kept: kept)
        return again
    }

    /// The system's own sender of this phone.
    func sender(_ phone: Graph) throws -> _Transfers { outdoors.sender(of: try #require(names[ObjectIdentifier(phone)])) }

    /// The system ends the app and starts it again without a screen.
    func restartUnseen(_ phone: Graph) throws -> Graph {
        shown?.close()
        shown = nil
        inHand = nil
        return try start(try #require(names[ObjectIdentifier(phone)]))
    }

    /// The screen of the phone in the hand.
    var screen: Screen {
        get throws { try #require(shown) }
    }

    /// Everything of this phone lies there.
    func home(_ phone: Graph) throws -> URL { folder.url.appending(path: try #require(names[ObjectIdentifier(phone)])) }

    /// The app goes out of sight, as with the home gesture.
    func leave() throws { try screen.environment.scenePhase = .background }

    func comeBack() throws { try screen.environment.scenePhase = .active }

    func network(_ network: FieldbookCore.Network) { outdoors.network(network) }

    /// The way back that the page offers: its own button, else the system's.
    func back() throws {
        if try screen.first("Quay lại", .button) != nil { try screen.tap("Quay lại") } else { try screen.back() }
    }

    /// Waits until something says exactly this, or has it among its words.
    func see(_ words: String, substring: Bool = false) async throws {
        try await screen.wait(until: "\"\(words)\" shows") { $0.has(words, substring: substring) }
    }

    /// Waits until nothing says this any more.
    func seeNo(_ words: String) async throws { try await screen.wait(until: "\"\(words)\" is gone") { !$0.has(words) } }

    /// Taps what carries this word, once it is there and can be tapped. Every page one comes by is easy to use.
    func tap(_ word: String) async throws {
        try await screen.wait(until: "\"\(word)\" can be tapped") { $0.first(word, .button, .link, .tab, .toggle)?.isEnabled == true }
        let page = try screen
        #expect(easeFaults(page) == [], "\(page.outline)")
        try page.tap(word)
        taps += 1
    }

    /// Types into the field with this label, in place of what was there.
    func type(_ label: String, _ text: String) async throws {
        try await screen.wait(until: "a field \"\(label)\" shows") {
            $0.first(label, .textField, .secureField, .textEditor, .searchField) != nil
        }
        try screen.type(text, into: label)
    }

    /// Asks until there is an answer; meanwhile the app goes on.
    func until<Answer: Sendable>(_ what: String = "an answer", _ ask: @MainActor () async throws -> Answer?) async throws -> Answer {
        let end = ContinuousClock.now + .seconds(40)
        while ContinuousClock.now < end {
            _ = shown?.nodes
            if let answer = try await ask() { return answer }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw HostError.timeout(what, screen: shown?.outline ?? "")
    }

    /// Sends and receives until nothing of this phone waits; a save can be undone first, so this takes ten seconds.
    func settle(_ phone: Graph) async throws {
        _ = try await until("everything to be sent") {
            let sync = await outcome { try await phone.fieldbook.syncNow() }.value
            return sync.flatMap { $0.complete && $0.traffic.recordsWaiting == 0 && $0.traffic.photosWaiting == 0 ? true : nil }
        }
    }
}
