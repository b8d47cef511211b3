@_exported import SwiftUI

public protocol Transferable {}
extension Data: Transferable {}

public struct PHPickerFilter: Equatable, Sendable {
    public static let images = Self(), videos = Self()
}

public struct PhotosPickerItem: Equatable, Hashable, Sendable {
    public var itemIdentifier: String?
    public var _bytes: Data?
    public init(itemIdentifier: String) { self.itemIdentifier = itemIdentifier }
    public func loadTransferable<T: Transferable>(type: T.Type) async throws -> T? { _bytes as? T }
}

public struct PhotosPicker<Label: View>: View {
    let choose: @MainActor (PhotosPickerItem) -> Void
    let label: Label
    public init(selection: Binding<PhotosPickerItem?>, matching filter: PHPickerFilter? = nil, @ViewBuilder label: () -> Label) {
        choose = { selection.wrappedValue = $0 }
        self.label = label()
    }
    public init(
        selection: Binding<[PhotosPickerItem]>, maxSelectionCount: Int? = nil, matching filter: PHPickerFilter? = nil,
        @ViewBuilder label: () -> Label
    ) {
        choose = { selection.wrappedValue.append($0) }
        self.label = label()
    }
    public var body: some View {
        Button {
            if let item = PhotosPickerNext.item { choose(item) }
        } label: {
            label
        }
    }
}

/// What the next pick gives; a test sets it.
@MainActor public enum PhotosPickerNext { public static var item: PhotosPickerItem? }
