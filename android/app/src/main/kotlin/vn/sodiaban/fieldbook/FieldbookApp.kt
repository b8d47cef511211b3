package vn.sodiaban.fieldbook

import android.app.Application
import androidx.work.Configuration
import java.io.File

/** Holds what lives as long as the app. */
class FieldbookApp :
    Application(),
    Configuration.Provider {
    /** Tests put another phone's here before they open the activity. */
    internal var graph: Graph? = null

    /** WorkManager is made when it is first needed, not while the app starts. */
    override val workManagerConfiguration: Configuration get() = Configuration.Builder().build()

    /** The folder by its name: `filesDir`, like `dataDir`, looks at the disk before it answers. */
    fun graph(): Graph = graph ?: Graph(this, File(applicationInfo.dataDir, "files")).also { graph = it }
}
