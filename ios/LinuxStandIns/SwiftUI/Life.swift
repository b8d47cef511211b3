// What appearing, changing and going away start.

extension View {
    @preconcurrency
    public func task(
        priority: TaskPriority = .userInitiated, @_inheritActorContext _ action: @escaping @Sendable () async -> Void
    ) -> some View {
        task(id: 0, priority: priority, action)
    }
    @preconcurrency
    public func task<T: Equatable>(
        id value: T, priority: TaskPriority = .userInitiated,
        @_inheritActorContext _ action: @escaping @Sendable () async -> Void
    ) -> some View {
        _Modified(content: self) { content, context in
            context.host.live("task\(T.self)", in: context) { life in
                life.seen = value
                life.task = Task(priority: priority) { await action() }
            } again: { life in
                guard life.seen as? T != value else { return }
                life.seen = value
                life.task?.cancel()
                life.task = Task(priority: priority) { await action() }
            }
            return content._nodes(context.child("task"))
        }
    }
    public func onAppear(perform action: (() -> Void)? = nil) -> some View {
        _Modified(content: self) { content, context in
            context.host.live("appear", in: context) { _ in action?() }
            return content._nodes(context.child("appear"))
        }
    }
    public func onDisappear(perform action: (() -> Void)? = nil) -> some View {
        _Modified(content: self) { content, context in
            context.host.live("disappear", in: context) { $0.disappear = action }
            return content._nodes(context.child("disappear"))
        }
    }
    public func onChange<V: Equatable>(
        of value: V, initial: Bool = false, _ action: @escaping (V, V) -> Void
    ) -> some View {
        _Modified(content: self) { content, context in
            context.host.live("change\(V.self)", in: context) { life in
                life.seen = value
                if initial { action(value, value) }
            } again: { life in
                guard let old = life.seen as? V, old != value else { return }
                life.seen = value
                action(old, value)
            }
            return content._nodes(context.child("change"))
        }
    }
    public func onChange<V: Equatable>(of value: V, initial: Bool = false, _ action: @escaping () -> Void) -> some View {
        onChange(of: value, initial: initial) { _, _ in action() }
    }
    public func refreshable(action: @escaping @Sendable () async -> Void) -> some View {
        _after { nodes, _ in
            nodes.first?.refresh = action
            return nodes
        }
    }
    public func onSubmit(_ action: @escaping () -> Void) -> some View { _inside { $0._submit = action } }
}
