@_exported import CoreTransferable
@_exported import SwiftUI

public struct PHPickerFilter: Equatable, Sendable {
    public static let images = Self(), videos = Self()
}

public struct PhotosPickerItem: Equatable, Hashable, Sendable {
    /// Where the picture lies; none is one that cannot be read.
    let file: URL?
    public init(_file file: URL?) { self.file = file }
    public func loadTransferable<T: Transferable>(type: T.Type) async throws -> T? {
        guard let file else { throw CocoaError(.fileReadUnknown) }
        return try await T._imported(from: file)
    }
}

public struct PhotosPickerSelectionBehavior: Equatable, Sendable {
    public static let `default` = Self(), ordered = Self()
}

extension View {
    public func photosPicker(
        isPresented: Binding<Bool>, selection: Binding<[PhotosPickerItem]>, maxSelectionCount: Int? = nil,
        selectionBehavior: PhotosPickerSelectionBehavior = .default, matching filter: PHPickerFilter? = nil
    ) -> some View {
        _WithPicker(content: self, isPresented: isPresented, selection: selection)
    }
}

/// The system's picker lies over the page as long as nothing was chosen; a test gives it what is chosen.
struct _WithPicker<Content: View>: View {
    let content: Content
    let isPresented: Binding<Bool>
    let selection: Binding<[PhotosPickerItem]>
    typealias Body = Never
    func _nodes(_ context: _Context) -> [_Node] {
        let nodes = content._nodes(context)
        guard isPresented.wrappedValue else { return nodes }
        let picker = _Node(.controller, "PHPickerViewController")
        picker.give = { chosen in
            isPresented.wrappedValue = false
            selection.wrappedValue = chosen as? [PhotosPickerItem] ?? []
        }
        return nodes + [picker]
    }
}
