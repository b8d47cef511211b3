/// Keeps a view's state from one evaluation to the next, and runs what appearing and changing start.
@MainActor
public final class _Host {
    struct Life {
        var task: Task<Void, Never>?
        var disappear: (() -> Void)?
        var seen: Any?
    }
    final class Flag: @unchecked Sendable {
        private let lock = NSLock()
        private var on = true
        func set() { lock.withLock { on = true } }
        func take() -> Bool {
            lock.withLock {
                defer { on = false }; return on
            }
        }
    }

    nonisolated let dirty = Flag()
    /// What `SceneStorage` holds: all that is left when the system ends the app.
    var scene: [String: String]
    private var boxes: [String: _Box] = [:]
    private var usedBoxes: Set<String> = []
    private var keptPaths: [String] = []
    private var lives: [String: Life] = [:]
    private var liveNow: Set<String> = []
    private var after: [() -> Void] = []
    var presented: [[_Node]] = []
    var hidesTabBar = false

    init(scene: [String: String]) { self.scene = scene }

    func box(_ key: String, _ initial: () -> Any) -> _Box {
        usedBoxes.insert(key)
        if let box = boxes[key] { return box }
        let box = _Box(initial(), host: self)
        boxes[key] = box
        return box
    }

    /// The state of what lies there is kept although it is not evaluated now.
    func keep(below path: String) { keptPaths.append(path) }

    /// Called while a view is evaluated: `start` runs once this pass is over if the place is new, `again` if not.
    /// A covered page does not live: its tasks are cancelled, and start anew when it comes back, as on a phone.
    func live(
        _ kind: String, in context: _Context, start: @escaping (inout Life) -> Void,
        again: @escaping (inout Life) -> Void = { _ in }
    ) {
        guard !context.environment._isCovered else { return }
        let key = context.path + "!" + kind
        liveNow.insert(key)
        after.append { [self] in
            if var life = lives[key] {
                again(&life)
                lives[key] = life
            } else {
                var life = Life()
                lives[key] = life
                start(&life)
                lives[key] = life
            }
        }
    }

    /// Evaluates until nothing changes, and gives what is on the screen: the topmost presentation.
    func evaluate(_ view: any View, _ environment: EnvironmentValues) -> [_Node]? {
        var screen: [_Node]?
        var passes = 0
        while dirty.take() {
            passes += 1
            precondition(passes < 100, "the view changes its own state at every evaluation")
            usedBoxes = []
            keptPaths = []
            liveNow = []
            after = []
            presented = []
            let root = withObservationTracking {
                view._nodes(_Context(path: "", environment: environment, host: self))
            } onChange: { [dirty] in
                dirty.set()
            }
            screen = presented.last ?? root
            boxes = boxes.filter { key, _ in usedBoxes.contains(key) || keptPaths.contains { key.hasPrefix($0) } }
            for (key, life) in lives where !liveNow.contains(key) {
                life.task?.cancel()
                life.disappear?()
                lives[key] = nil
            }
            let now = after
            after = []
            for run in now { run() }
        }
        return screen
    }

    /// Nothing is held any more: states and closures hold each other.
    func end() {
        lives.values.forEach { $0.task?.cancel() }
        lives = [:]
        boxes = [:]
        presented = []
    }
}
