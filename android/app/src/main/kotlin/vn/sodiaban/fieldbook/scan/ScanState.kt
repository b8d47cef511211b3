package vn.sodiaban.fieldbook.scan

/** What the page that looks for a code shows. */
enum class ScanState {
    /** The permission is being asked. */
    ASKING,

    /** The camera is open. */
    LOOKING,

    /** The person said no: another way is offered, and asked again only on a tap. */
    REFUSED,

    /** There is no camera, or it does not open. */
    NO_CAMERA,
}
