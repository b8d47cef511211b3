package vn.sodiaban.fieldbook

import android.app.Application

/** Holds what lives as long as the app. */
class FieldbookApp : Application() {
    /** Tests put another phone's here before they open the activity. */
    internal var graph: Graph? = null

    fun graph(): Graph = graph ?: Graph(this, filesDir).also { graph = it }
}
