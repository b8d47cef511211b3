public enum HostError: Error, CustomStringConvertible {
    case notFound(String, screen: String), disabled(String), cannot(String), timeout(String, screen: String)
    public var description: String {
        switch self {
        case .notFound(let what, let screen): "no \(what) on the screen:\n\(screen)"
        case .disabled(let what): "\(what) is disabled"
        case .cannot(let what): what
        case .timeout(let what, let screen): "waited in vain until \(what):\n\(screen)"
        }
    }
}

/// What a test drives: a view in a host, used as a person would use it.
@_spi(Host) @MainActor
public final class Screen {
    private let host: _Host
    private let view: any View
    private var last: [_Node] = []
    public var environment = EnvironmentValues() { didSet { host.dirty.set() } }

    /// `kept`: what an earlier screen of the same scene left behind.
    public init(_ view: some View, kept: [String: String] = [:]) {
        self.view = view
        host = _Host(scene: kept)
    }

    /// What the system keeps of this scene.
    public var kept: [String: String] { host.scene }

    public var nodes: [_Node] {
        if let new = host.evaluate(view, environment) { last = new }
        return last
    }

    /// Everything on the screen that is not hidden, outermost first.
    public var all: [_Node] {
        func flat(_ node: _Node) -> [_Node] { node.isHidden ? [] : [node] + node.children.flatMap { flat($0) } }
        return nodes.flatMap { flat($0) }
    }

    /// Whether something says exactly this, or has it among its words.
    public func has(_ words: String, substring: Bool = false) -> Bool { all.contains { says($0, words, substring) } }

    private func says(_ node: _Node, _ words: String, _ substring: Bool) -> Bool {
        [node.label, node.value ?? "", node.identifier ?? ""].contains { substring ? $0.contains(words) : $0 == words }
    }

    /// The first thing of these kinds that says exactly this, else the first that has it among its words.
    public func first(_ words: String, _ kinds: _Node.Kind...) -> _Node? {
        let found = all.filter { kinds.contains($0.kind) && says($0, words, true) }
        return found.first { says($0, words, false) } ?? found.first
    }

    private func find(_ words: String, _ kinds: _Node.Kind...) throws -> _Node {
        let what = kinds.map(\.rawValue).joined(separator: " or ") + " \"\(words)\""
        let found = all.filter { kinds.contains($0.kind) && says($0, words, true) }
        guard let node = found.first(where: { says($0, words, false) }) ?? found.first else {
            throw HostError.notFound(what, screen: outline)
        }
        guard node.isEnabled else { throw HostError.disabled(what) }
        return node
    }

    public func press(_ node: _Node) throws {
        guard node.isEnabled else { throw HostError.disabled(node.label) }
        node.press?()
    }

    public func tap(_ words: String) throws { try find(words, .button, .link, .tab, .toggle).press?() }

    /// Writes this into a field, in place of what is there.
    public func type(_ text: String, into label: String) throws {
        try find(label, .textField, .secureField, .textEditor, .searchField).type?(text)
    }

    public func submit(_ label: String) throws { try find(label, .textField, .secureField, .searchField).submit?() }

    public func choose(_ option: String, in label: String) throws {
        let picker = try find(label, .picker)
        guard let option = picker.options.first(where: { $0.label == option }) else {
            throw HostError.cannot("\(label) has only \(picker.options.map(\.label))")
        }
        option.press?()
    }

    public func setDate(_ date: Date, in label: String) throws { try find(label, .datePicker).setDate?(date) }

    public func refresh() async throws {
        guard let refresh = all.compactMap(\.refresh).first else { throw HostError.cannot("nothing to refresh") }
        await refresh()
    }

    /// The system's own way back.
    public func back() throws {
        guard let page = all.last(where: { $0.kind == .page }), let back = page.press else {
            throw HostError.cannot("nothing to go back to by the system's own way")
        }
        back()
    }

    /// Lets the view's tasks run until the screen is so.
    public func wait(until what: String, seconds: Double = 30, _ condition: (Screen) -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(seconds)
        while !condition(self) {
            guard ContinuousClock.now < end else { throw HostError.timeout(what, screen: outline) }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    /// The scene is gone: its tasks are cancelled.
    public func close() { host.end() }
}

extension Screen: CustomReflectable {
    public nonisolated var customMirror: Mirror { Mirror(self, children: [:]) }
}
