/// What the page that looks for a code shows.
enum ScanState: CaseIterable, Sendable {
    /// The permission is being asked.
    case asking

    /// The camera is open.
    case looking

    /// The person said no: another way is offered, and the system's settings only on a tap.
    case refused

    /// There is no camera, or it does not open.
    case noCamera
}
